package dev.llmgateway.compliance.marking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.compliance.marking.Marking.Rule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkingsTest {

    private static final String PROSE = "The committee met on Tuesday. It discussed the Annual Report (draft 2) and, "
            + "as usual, nobody in Substitution Street 22 agreed; Dr. Ito said: \"Confidentially, I have no secret.\"\n";

    private static Optional<DataClassification> level(String text) {
        return Markings.highest(text).map(Marking::level);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECRET//NOFORN",
                "TOP SECRET//SI//NOFORN",
                "TOP SECRET//SI-G/TK//ORCON/NOFORN",
                "TOP SECRET//TALENT KEYHOLE//NOFORN",
                "SECRET//REL TO USA, FVEY",
                "CONFIDENTIAL//REL TO USA, GBR",
                "CONFIDENTIAL//FGI DEU",
                "SECRET//RD-CNWDI",
                "SECRET//20351231",
                "SECRET//SAR-BUTTER POPCORN",
                "Classification: SECRET//NOFORN",
                "Classification:SECRET//NOFORN.",
                "\"SECRET//NOFORN\"",
                "**SECRET//NOFORN**",
                "<p>SECRET//NOFORN</p>",
                "机密SECRET//NOFORN文件",
                "SECRET // NOFORN",
                "SECRET // REL TO USA, FVEY",
                "# SECRET//NOFORN",
                "// SECRET//NOFORN",
                "//SECRET//NOFORN",
                "{\"text\":\"head\\nSECRET//NOFORN\\nbody\"}",
                "TOP SECRET\nThe plan is as follows.",
                "The plan.\n  TOP SECRET  \nis as follows.",
                "SECRET\n\nThe convoy leaves at dawn.\n\nSECRET\n",
                "(S//NF) The convoy leaves at dawn.",
                "The convoy (TS//SCI) leaves.",
                "(TS//SI//NF)",
                "(C//REL TO USA, FVEY) Weather.",
                "(SECRET//NOFORN)",
                "  1. (S//REL) Weather.",
            })
    void findsMarkingsOfClassifiedInformation(String text) {
        assertThat(level(text)).hasValue(DataClassification.CLASSIFIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUI\nTest results of the valve.",
                "Test results.\nCUI",
                "**CUI**\nTest results.",
                "CUI//SP-CTI",
                "CUI//NOFORN",
                "CUI//SP-EXPT//FED ONLY",
                "CUI// draft",
                "CUI // NOFORN",
                "CONTROLLED//SP-PRVCY",
                "CONTROLLED//NOFORN",
                "UNCLASSIFIED//FOUO",
                "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
                "(CUI) The valve fails at 40 bar.",
                "- (CUI) The valve fails at 40 bar.",
                "2) (CUI) The valve fails at 40 bar.",
                "It was tested. (CUI) The valve fails.",
                "(CUI//SP-CTI) The valve fails.",
                "(U//FOUO) The roster.",
                "The roster (U//FOUO) is attached.",
                "(U//LES) The suspect.",
                "DISTRIBUTION STATEMENT D. Distribution authorized to the Department of Defense only.",
                "EXPORT CONTROLLED",
                "EXPORT-CONTROLLED INFORMATION",
            })
    void findsMarkingsOfControlledUnclassifiedInformation(String text) {
        assertThat(level(text)).hasValue(DataClassification.CUI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ITAR",
                "ITAR CONTROLLED",
                "ITAR-controlled technical data",
                "[ITAR] Blade geometry",
                "ITAR: blade geometry",
                "Blade geometry (ITAR)",
                "This drawing is subject to ITAR.",
                "This drawing is subject to the ITAR.",
                "Can you summarise this ITAR drawing?",
                "This file is marked ITAR",
                "WARNING - ITAR RESTRICTED",
                "Controlled under 22 CFR 120-130.",
                "Subject to 22 CFR Parts 120-130",
                "22 C.F.R. § 121.1 applies",
                "It falls under USML Category XI.",
                "USML Cat. VIII(h)",
                "technical data controlled under the International Traffic in Arms Regulations (ITAR), 22 CFR",
                "SUBJECT TO THE INTERNATIONAL TRAFFIC IN ARMS REGULATIONS",
                "WARNING - This document contains technical data whose export is restricted by the Arms Export Control Act"
                        + " (Title 22, U.S.C., Sec 2751, et seq.).",
            })
    void findsWhatSaysThatATextIsUnderItar(String text) {
        assertThat(level(text)).hasValue(DataClassification.ITAR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "My grandmother's top secret recipe",
                "TOP SECRET recipe for cookies",
                "The secret is safe with me.",
                "SECRET: do not tell mum",
                "SECRET\nTOKEN\nPASSWORD",
                "SECRET",
                "CONFIDENTIAL: this e-mail is for the addressee only.",
                "CONFIDENTIAL\n\nContract between A and B\n\nCONFIDENTIAL",
                "This message is confidential//do not forward",
                "secret//noforn",
                "Secret//Noforn",
                "https://SECRET//NOFORN/x",
                "https://secret//x",
                "s3://bucket/SECRET//NOFORN",
                "String x = API_SECRET//NOFORN",
                "client.SECRET//NOFORN",
                "final String SECRET//the name of the key",
                "SECRET//TODO rotate",
                "SECRET // rotate it",
                "SECRET // SI units",
                "SECRET//SIMPLE",
                "SECRET//NOFORNx",
                "aSECRET//NOFORN",
                "QUJDSECRET//SI+abc/SECRET//RD9",
                "(S)",
                "(C) 2024 ACME",
                "ITEM(S)",
                "the (TS) compiler",
                "(U)",
                "(S/NF)",
                "(s//nf)",
                "(S//nothing)",
                "(C//C++ interop)",
                "(SEE//BELOW)",
                "Controlled Unclassified Information (CUI) is a category.",
                "the CUI program",
                "CUI/SP",
                "The CUI: a guide",
                "Maria Cui\nBeijing",
                "cui\nbono",
                "cui//x",
                "https://example.com/CUI//x",
                "CIRCUIT//BOARD",
                "CONTROLLED//TODO",
                "UNCONTROLLED//NOFORN",
                "CONTROLLED by a switch",
                "UNCLASSIFIED",
                "UNCLASSIFIED//",
                "DISTRIBUTION STATEMENT A. Approved for public release.",
                "Export controls are hard.",
                "What is ITAR?",
                "Tell me about ITAR.",
                "Explain what is ITAR",
                "ITAR compliance",
                "our ITAR training",
                "such as ITAR",
                "ITAR and EAR",
                "ITAR-TASS reports",
                "Itar",
                "itar controlled",
                "GUITAR",
                "AVITAR",
                "non-ITAR parts",
                "not ITAR",
                "is not subject to the ITAR",
                "EAR99",
                "EAR99, not subject to ITAR controls",
                "This is neither EAR nor ITAR controlled.",
                "It does not contain ITAR technical data.",
                "International Traffic in Arms Regulations (ITAR) is US law",
                "The Arms Export Control Act was passed in 1976.",
                "not controlled under the International Traffic in Arms Regulations",
                "What does 22 CFR 120-130 say?",
                "22 CFR 1200",
                "22 CFR 9",
                "122 CFR 120",
                "22 CFR 1205",
                "USML",
                "USML Category",
                "USML categories",
                "USML Category Xenon",
            })
    void proseNamesAddressesAndCodeAreNoMarkings(String text) {
        assertThat(Markings.highest(text)).isEmpty();
        assertThat(Markings.highest(PROSE + PROSE + text + (text.contains("\n") ? "" : " ") + PROSE))
                .isEmpty();
    }

    @Test
    void tellsTheHighestOfSeveralAndWhereItStands() {
        String text = PROSE + "CUI//SP-CTI\n" + PROSE + "subject to ITAR.\n" + PROSE + "(S//NF) x (TS//SCI) y";

        Marking marking = Markings.highest(text).orElseThrow();

        assertThat(text.substring(marking.start(), marking.end())).isEqualTo("(S//NF)");
        assertThat(marking.rule()).isEqualTo(Rule.US_PORTION);
        assertThat(marking.rule().word()).isEqualTo("us-portion");
        assertThat(Markings.highest(text.substring(0, text.indexOf("(S")))
                        .orElseThrow()
                        .rule())
                .isEqualTo(Rule.ITAR);
    }

    /** Every text in here may be cut anywhere, with whatever comes out, but never with an exception. */
    @Test
    void takesEveryBeginningAndEndOfAText() {
        String text =
                "(S//NF) [ITAR] (TS//SCI) TOP SECRET//SI 22 CFR § 120 USML Category XI (CUI) \\nCUI// \ud83d\ude00"
                        + " restricted by the Arms Export Control Act DISTRIBUTION STATEMENT B EXPORT CONTROLLED";
        for (int i = 0; i <= text.length(); i++) {
            assertThat(Markings.highest(text.substring(i))).isNotNull();
            assertThat(Markings.highest(text.substring(0, i))).isNotNull();
        }
    }

    @Test
    void takesLinearTimeForEveryText() {
        List<String> pieces = List.of(
                "(",
                "(S//",
                "(U//FOUO ",
                "SECRET//",
                "SECRET // ",
                "CUI ",
                "CUI \n x",
                "ITAR? ",
                "not ITAR ",
                " ",
                "22 CFR ",
                "22 CFR §",
                "USML Category ",
                "TOP SECRET ",
                "Arms Export Control Act ",
                "restricted ",
                "I",
                "- (CUI",
                "a (CUI)",
                "is not not ",
                "\\n",
                "'");
        for (String piece : pieces) {
            String text = piece.repeat(1 + 2_000_000 / piece.length());
            long start = System.nanoTime();
            assertThat(Markings.highest(text).map(Marking::level)).isNotEqualTo(Optional.of(DataClassification.PUBLIC));
            assertThat(System.nanoTime() - start).as(piece).isLessThan(5_000_000_000L);
        }
    }
}
