package dev.llmgateway.compliance.marking;

import dev.llmgateway.api.routing.DataClassification;
import java.util.Locale;

/**
 * A classification marking in a text.
 *
 * @param level how sensitive it says the text is
 * @param start where it begins, in UTF-16 units
 * @param end where it ends, exclusive
 */
public record Marking(DataClassification level, int start, int end, Rule rule) {

    /** The kinds of markings. */
    public enum Rule {
        /** {@code SECRET//NOFORN}, or such a line above and below a text. */
        US_BANNER,
        /** {@code (S//NF)}. */
        US_PORTION,
        /** {@code CUI//SP-CTI}, {@code CUI} on a line of its own, {@code UNCLASSIFIED//FOUO}. */
        CUI_BANNER,
        /** {@code (CUI)} before a paragraph, {@code (U//FOUO)}. */
        CUI_PORTION,
        /** {@code DISTRIBUTION STATEMENT D} of the Department of Defense; not A, which is for the public. */
        DISTRIBUTION_STATEMENT,
        /** {@code EXPORT CONTROLLED}, of which nobody says by which law. */
        EXPORT_CONTROLLED,
        /** {@code ITAR}, said of the text and not only about the law. */
        ITAR,
        /** A part of the law: {@code 22 CFR 120-130}. */
        ITAR_REGULATION,
        /** A place on the law's list: {@code USML Category XI}. */
        USML_CATEGORY,
        /** "... whose export is restricted by the Arms Export Control Act ...". */
        EXPORT_WARNING;

        /** The rule as answers and logs spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
