package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells by the words of a name what is stored under it: {@code dbPassword}, {@code aws_secret_access_key}, {@code page-token}. */
final class KeyName {

    /** What a name promises. */
    enum Role {
        PASSWORD,
        /** A key, a token, a secret. */
        SECRET,
        /** A vendor's key, token or secret; these may be numbers. */
        VENDOR_SECRET,
        /** A vendor, nothing else said: the value has to look like a secret very much. */
        VENDOR,
        /** A key of whatever sort: many are none. */
        FAINT,
        /** What a cookie calls a session. */
        SESSION,
        NONE
    }

    private static final Set<String> PASSWORDS = Words.set("""
            pass password passwd passphrase passwort passcode pwd pswd passwrd kennwort contrasena
            contrase securestring senha wachtwoord dbpass userpass adminpass rootpass sshpass passe requirepass mypass
            smtppass ftppass pw bindpw rootpw dbpw userpw adminpw psk
            """);
    private static final List<String> PASSWORD_ENDINGS = List.of("password", "passwd", "passphrase", "passwort", "pwd");

    private static final Set<String> SECRETS = Words.set("""
            secret secrete token credential credentials creds cred accessid
            """);
    private static final List<String> SECRET_ENDINGS = Words.list("""
            secret token apikey authkey accesskey secretkey privatekey clientkey accountkey servicekey masterkey
            encryptionkey signingkey appkey subscriptionkey sharedkey licensekey sessionkey
            """);

    /** A key of one of these is secret. */
    private static final Set<String> QUALIFIERS = Words.set("""
            api access secret private auth client account service encryption encrypt decryption signing master
            storage app application license admin shared hmac ssh security jwt aes rsa subscription cookie
            credential token integration ingestion insert host iam deploy global webhook user org root
            production prod live bearer
            """);

    /** A key or token with one of these, anywhere in its name, is meant to be seen. */
    private static final Set<String> OPEN = Words.set("""
            public pub pubkey csrf xsrf csrftoken csrfmiddlewaretoken authenticity max min num total prompt
            completion foreign primary cache cached sort partition idempotency dedup deduplication i18n
            translation bucket schema sequence lookup page nextpage continuation cursor pagination
            keyvault keystore truststore issuer next previous resume routing hash monkey unique composite
            surrogate publishable site sitekey eos bos pad stop special mask unk socket
            """);

    /** With one of these after it, the name is about the secret. */
    private static final Set<String> ABOUT = Words.set("""
            id ids name names url uri urls file files filename path dir length len size count counts type types
            field fields index header headers prefix suffix format regex regexp pattern policy expires expiry
            expiration expire ttl lifetime date time timestamp hashes digest algorithm alg arn version label
            hint placeholder description title usage limit limits budget endpoint provider manager store
            parameter parameters variable error message msg required strength reset event code press down up
            board stroke map frame frames ring chain group class factory generator spec column alias ref
            reference request response status state scope scopes owner username email source kind mode level
            items list table pair point words word template meshing distance checksum fingerprint hashing
            encoder encoding validator validation rotation management exchange usd cost per rate domain host
            port region annotation comment sha md5 etag revision nonce salt
            vault hash prompt min max
            """);

    private static final Set<String> FAINT = Set.of("key", "auth", "authentication", "apitoken");

    private static final Set<String> SESSIONS =
            Set.of("session", "sessionid", "sessid", "phpsessid", "jsessionid", "sid");

    /** A token of one of these makes a request one that can be repeated; mostly it is a UUID. */
    private static final Set<String> REQUESTS = Set.of("client", "change", "purchase", "request", "creation", "sync");

    private KeyName() {}

    /**
     * @param name letters, digits and {@code _ - .}, as in the text
     * @param before the word before it, if only a blank is between; else empty
     */
    static Role role(String name, String before) {
        List<String> words = words(name);
        String previous = before.toLowerCase(Locale.ROOT);
        Role role = Role.NONE;
        boolean open = OPEN.contains(previous) && !previous.equals("public");
        boolean vendor = Vendors.isVendor(previous);
        for (String word : words) {
            boolean sumoId = word.equals("id") && previous.equals("access");
            if (isAbout(word, role, vendor) && !(sumoId && vendor)) {
                return Role.NONE;
            }
            open |= OPEN.contains(word);
            vendor |= Vendors.isVendor(word);
            role = stronger(role, sumoId ? Role.SECRET : roleOf(word, previous));
            previous = word;
        }
        return open && role != Role.PASSWORD ? Role.NONE : withVendor(role, vendor);
    }

    private static boolean isAbout(String word, Role role, boolean vendor) {
        return ABOUT.contains(word) && (vendor || role != Role.NONE && role != Role.SESSION);
    }

    private static Role withVendor(Role role, boolean vendor) {
        return switch (role) {
            case PASSWORD -> Role.PASSWORD;
            case SECRET, VENDOR_SECRET -> vendor ? Role.VENDOR_SECRET : Role.SECRET;
            case FAINT -> vendor ? Role.VENDOR_SECRET : Role.FAINT;
            case NONE, VENDOR -> vendor ? Role.VENDOR : Role.NONE;
            case SESSION -> Role.SESSION;
        };
    }

    private static Role stronger(Role one, Role other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Role roleOf(String word, String previous) {
        if (PASSWORDS.contains(word) || endsWith(word, PASSWORD_ENDINGS)) {
            return previous.equals("public") ? Role.NONE : Role.PASSWORD;
        }
        if (SECRETS.contains(word) || endsWith(word, SECRET_ENDINGS)) {
            return word.equals("token") && REQUESTS.contains(previous) ? Role.FAINT : Role.SECRET;
        }
        if (word.equals("key") || word.equals("keys") && previous.equals("api")) {
            return previous.equals("public") ? Role.NONE : QUALIFIERS.contains(previous) ? Role.SECRET : Role.FAINT;
        }
        if (word.equals("by") && previous.equals("identified") || word.equals("string") && previous.equals("secure")) {
            return Role.PASSWORD;
        }
        if (SESSIONS.contains(word) || word.equals("id") && previous.equals("session")) {
            return Role.SESSION;
        }
        if (word.equals("login") && previous.endsWith("sonar")) {
            return Role.SECRET;
        }
        return FAINT.contains(word) ? Role.FAINT : Role.NONE;
    }

    private static boolean endsWith(String word, List<String> endings) {
        for (String ending : endings) {
            if (word.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    /** In lower case, cut at separators and humps, without digits at the end. */
    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || !AsciiSet.LETTERS_DIGITS.contains(name.charAt(i)) || startsHump(name, i)) {
                add(words, name, start, i);
                start = i < name.length() && AsciiSet.LETTERS_DIGITS.contains(name.charAt(i)) ? i : i + 1;
            }
        }
        return words;
    }

    private static void add(List<String> words, String name, int start, int end) {
        int letters = end;
        while (letters > start && AsciiSet.DIGITS.contains(name.charAt(letters - 1))) {
            letters--;
        }
        if (letters > start) {
            words.add(name.substring(start, letters).toLowerCase(Locale.ROOT));
        }
    }

    private static boolean startsHump(String name, int i) {
        if (i == 0 || !Character.isUpperCase(name.charAt(i))) {
            return false;
        }
        boolean afterLower = !Character.isUpperCase(name.charAt(i - 1));
        return afterLower || i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
    }
}
