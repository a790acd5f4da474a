package dev.llmgateway.compliance.detect;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found. The built-in ones are the constants; detectors that an application adds have their own.
 *
 * @param id the name in configurations, placeholders and metrics: 1 to 40 lower-case letters, digits and underscores
 * @param category which sort it is
 */
public record Kind(String id, Category category) {

    /** A token that names its own vendor by its form. */
    public static final Kind API_KEY = credential("api_key");
    /** A PEM or other private key, whole. */
    public static final Kind PRIVATE_KEY = credential("private_key");
    /** A signed JSON web token. */
    public static final Kind JWT = credential("jwt");
    /** The password in a URL or in the connection string of a database or a queue. */
    public static final Kind CONNECTION_STRING = credential("connection_string");
    /** A value that its context calls a password. */
    public static final Kind PASSWORD = credential("password");
    /** A random value that its context calls a secret, a key or a token. */
    public static final Kind SECRET = credential("secret");
    /** The credentials of an {@code Authorization} header. */
    public static final Kind AUTHORIZATION = credential("authorization");

    public static final Kind EMAIL = personal("email");
    public static final Kind PHONE_NUMBER = personal("phone_number");
    /** A social security number of the United States. */
    public static final Kind US_SSN = personal("us_ssn");
    /** The number of a payment card. */
    public static final Kind PAYMENT_CARD = personal("payment_card");

    public static final Kind IBAN = personal("iban");
    /** An IPv4 or IPv6 address or network. */
    public static final Kind IP_ADDRESS = personal("ip_address");

    public static final Kind MAC_ADDRESS = personal("mac_address");
    /** An individual taxpayer identification number of the United States. */
    public static final Kind US_ITIN = personal("us_itin");
    /** A routing number of a bank in the United States. */
    public static final Kind US_ABA = personal("us_aba");
    /** A national provider identifier of the United States' health care. */
    public static final Kind US_NPI = personal("us_npi");
    /** A Medicare beneficiary identifier. */
    public static final Kind US_MBI = personal("us_mbi");

    public static final Kind UK_NHS = personal("uk_nhs");
    /** A national insurance number of the United Kingdom. */
    public static final Kind UK_NINO = personal("uk_nino");

    public static final Kind CA_SIN = personal("ca_sin");
    public static final Kind IN_AADHAAR = personal("in_aadhaar");
    public static final Kind IN_PAN = personal("in_pan");
    public static final Kind PL_PESEL = personal("pl_pesel");
    /** An NIF or NIE of Spain. */
    public static final Kind ES_NIF = personal("es_nif");

    public static final Kind AU_TFN = personal("au_tfn");
    public static final Kind SG_FIN = personal("sg_fin");
    /** A Steuer-ID of Germany. */
    public static final Kind DE_TAX_ID = personal("de_tax_id");

    public static final Kind ZA_ID = personal("za_id");
    /** A codice fiscale of Italy. */
    public static final Kind IT_FISCAL = personal("it_fiscal");
    /** A personal identity code of Finland. */
    public static final Kind FI_PIC = personal("fi_pic");
    /** A Bitcoin address. */
    public static final Kind CRYPTO_BTC = personal("crypto_btc");

    private static final List<Kind> BUILT_IN = List.of(
            API_KEY,
            PRIVATE_KEY,
            JWT,
            CONNECTION_STRING,
            PASSWORD,
            SECRET,
            AUTHORIZATION,
            EMAIL,
            PHONE_NUMBER,
            US_SSN,
            PAYMENT_CARD,
            IBAN,
            IP_ADDRESS,
            MAC_ADDRESS,
            US_ITIN,
            US_ABA,
            US_NPI,
            US_MBI,
            UK_NHS,
            UK_NINO,
            CA_SIN,
            IN_AADHAAR,
            IN_PAN,
            PL_PESEL,
            ES_NIF,
            AU_TFN,
            SG_FIN,
            DE_TAX_ID,
            ZA_ID,
            IT_FISCAL,
            FI_PIC,
            CRYPTO_BTC);

    public Kind {
        Objects.requireNonNull(category, "category");
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "a kind's id has 1 to 40 lower-case letters, digits and underscores, this is: \"" + id + "\"");
        }
    }

    /** A kind of an application's or an operator's own. */
    public static Kind custom(String id) {
        return new Kind(id, Category.CUSTOM);
    }

    /** Those that the scanner comes with, credentials first. */
    public static List<Kind> builtIn() {
        return BUILT_IN;
    }

    /** The built-in kind of that name. */
    public static Optional<Kind> ofId(String id) {
        return BUILT_IN.stream().filter(it -> it.id.equals(id)).findFirst();
    }

    private static Kind credential(String id) {
        return new Kind(id, Category.CREDENTIAL);
    }

    private static Kind personal(String id) {
        return new Kind(id, Category.PERSONAL);
    }

    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= 40
                && id.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
    }
}
