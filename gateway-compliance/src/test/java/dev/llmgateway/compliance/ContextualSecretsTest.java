package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.detect.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What surroundings give away, in the formats of chats, commands, code and configuration. */
class ContextualSecretsTest {

    private static final Scanner SCANNER = Scanner.builder()
            .kinds(Set.of(Kind.PASSWORD, Kind.SECRET, Kind.AUTHORIZATION))
            .build();

    /** Written in parts, so that it is no credential in the eyes of those who scan sources. */
    private static final String PASSWORD = "Wq9!mZ" + "2@pL";

    private static final String TOKEN = "9f8a7c6b5d" + "4e3f2a1b0cQ";

    /** {@code PW} stands for a password, {@code TK} for a token; the finding is exactly that. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "my password is PW",
                "The password: PW, please keep it.",
                "Mein Passwort ist PW",
                "mot de passe : PW",
                "La contrase\u00F1a es PW y nada m\u00E1s.",
                "\u6211\u7684\u5BC6\u7801\u662F password=PW\u3002\u8C22\u8C22",
                "\u5BC6\u7801\uFF1APW\uFF0C\u8C22\u8C22",
                "\u6570\u636E\u5E93\u5BC6\u7801\u662FPW\u3002",
                "\u767B\u9304\u5BC6\u78BC: PW",
                "\u30D1\u30B9\u30EF\u30FC\u30C9\u306FPW\u3067\u3059",
                "\u041F\u0430\u0440\u043E\u043B\u044C: PW",
                "\uBE44\uBC00\uBC88\uD638\uB294 PW\uC785\uB2C8\uB2E4",
                "API\u5BC6\u94A5\uFF1ATK\u3002",
                "**API Key:** `TK`",
                "| Password | PW |",
                "The API key is TK.",
                "use the token TK please",
                "your next password is PW",
                "KEYSTORE_PASSWORD=PW",
                "config.put(\"apiToken\", \"\\\"TK\\\"\")",
                "PGPASSWORD=PW psql -h db",
                "export DB_PASSWORD=\"PW\"",
                "tool --password PW --verbose",
                "tool --password=PW --verbose",
                "sshpass -p 'PW' ssh root@db",
                "mysql -u root -pPW shop",
                "redis-cli -h cache -a TK ping",
                "docker login -u bob -p TK registry",
                "ALTER USER bob WITH PASSWORD 'PW';",
                "CREATE USER bob IDENTIFIED BY 'PW';",
                "CREATE USER bob IDENTIFIED WITH mysql_native_password BY 'PW';",
                "ConvertTo-SecureString \"PW\" -AsPlainText",
                "machine api.host login octo password PW",
                "<password>PW</password>",
                "<password>\n    PW\n</password>",
                "{\"text\": \"<password>\\n    PW\\n</password>\"}",
                "<add key=\"ClearTextPassword\" value=\"PW\" />",
                "password: PW  # of the database",
                "password: |\n  PW\nuser: bob",
                "- name: DB_PASSWORD\n  value: \"PW\"",
                "variable \"db_password\" {\n  default = \"PW\"\n}",
                "{\"name\": \"DB_PASSWORD\", \"value\": \"PW\"}",
                "{\"password\": \"PW\", \"user\": \"bob\"}",
                "{\\\"password\\\": \\\"PW\\\", \\\"user\\\": \\\"bob\\\"}",
                "{\"cfg\": \"password=PW\\nuser=bob\"}",
                "user=bob;password=PW;host=x",
                "https://host/v1?x=1&token=TK&y=2",
                "String password = \"PW\";",
                "val apiKey: String = \"TK\"",
                "var apiKey string = \"TK\"",
                "const secret = `TK`;",
                "$config['db']['password'] = 'PW';",
                "define('DB_PASSWORD', 'PW');",
                "os.environ[\"API_TOKEN\"] = \"TK\"",
                "builder.setPassword(\"PW\")",
                "if (password == \"PW\") {",
                "ENV API_TOKEN=TK",
                "client_secret=TK",
                "X-Api-Key: TK",
                "Authorization: Bearer TK",
                "\"Authorization\": \"Bearer TK\"",
                "curl -H 'Authorization: Token TK' https://host",
                "curl -u TK: https://host/v1/charges",
                "curl -u \"TK:\" https://host/v1/charges",
                "ENV API_TOKEN TK",
                "requirepass PW",
                "Password - PW",
                "access token - TK",
                "bindpw: PW",
                "login: bob, pw: PW",
                "wpa-psk=\"PW\"",
                "\"adminPassword\": {\"value\": \"PW\"}",
                "\"secret\": {\n  \"value\": \"TK\"\n}",
                "<tr><td>Password</td><td>PW</td></tr>",
                "<dt>Password</dt>\n<dd class=\"x\">PW</dd>",
                "<b>Password</b>: PW",
                "<b>Password:</b> PW",
                "mvn verify -Dsonar.login=TK",
                "Cookie: theme=dark; sessionid=TK; x=1",
                "\"auth\": \"dXNlcm5hbWU6TK\"",
            })
    void findsTheValueAlone(String form) {
        String value = form.contains("PW") ? PASSWORD : TOKEN;
        String text = form.replace("PW", PASSWORD).replace("TK", TOKEN);
        List<Finding> findings = SCANNER.scan(text);
        assertThat(findings).as(text).hasSize(1);
        assertThat(text.substring(
                        findings.getFirst().start(), findings.getFirst().end()))
                .endsWith(value);
        EveryCut.isTheSame(SCANNER, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = getPassword()",
                "if (token == null) return;",
                "interface User { password: string; token?: string }",
                "String token = tokens.next();",
                "token = self.tokenizer.next_token(1)",
                "token = re.compile(r\"[a-z0-9]+\")",
                "self.password = password2",
                "user.password = bcrypt.hashSync(req.body.password, 10)",
                "const API_KEY = process.env.API_KEY;",
                "api_key=os.environ[\"SOME_API_KEY\"]",
                "api_key: ${SOME_API_KEY}",
                "api_key: $SOME_API_KEY",
                "password: \"{{ .Values.password }}\"",
                "token: ${{ secrets.SOME_TOKEN }}",
                "'Authorization': `Bearer ${token}`",
                "Authorization: Bearer <token>",
                "Authorization: Bearer YOUR_ACCESS_TOKEN_HERE1",
                "api-key: YOUR_API_KEY_12345",
                "password: changeme123",
                "password=\"password123\"",
                "secret = \"xxxxxxxxxxxxxxxx1234\"",
                "\"max_tokens\": 4096, \"prompt_tokens\": 123456789",
                "total_token_count=1234567",
                "the key is base64-encoded and the secret is HMAC-SHA256",
                "Password must be at least 8 characters: use 1 digit",
                "token: JWT (RS256), the token is 32 bytes long",
                "secretName: my-secret-v2",
                "tokenUrl: https://auth.example.com/oauth2/token",
                "public_key = \"9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit\"",
                "sha256 key: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "\"idempotency-key\": \"a8f5f167f44f4964e6c998dee827110c\"",
                "nextPageToken: \"CAESBwoFCgIIARABxyz123\"",
                "\"ClientToken\": \"d5c090f5-8a0f-49c7-8281-72c796a21f72\"",
                "\"cache_key\": \"a8f5f167f44f4964e6c998dee827110c\"",
                "\"key\": \"a8f5f167f44f4964e6c998dee827110c\"",
                "keyId: \"a8f5f167f44f4964e6c998dee827110c\"",
                "Key results: Q4-2024, FY2023. The key takeaway: 3 things.",
                "\"key\": \"ctrl+alt+k\", \"key\": \"F12\"",
                "pwd=/home/user1/project",
                "git push -u origin feature-123",
                "docker run -p 127.0.0.1:5432:5432 postgres:16",
                "docker login registry.host.io ; mkdir -p build/x86_64",
                "curl -u \"$USER:$PASS\" https://host",
                "sudo -u postgres psql",
                "- `token` - the token of the session, v2-compatible",
                "password - at least 12 characters",
                "key - Base64-encoded string of 32 bytes",
                "password: bob@mail.example.org",
                "<th>Password</th></tr><tr><td>required</td></tr>",
                "<type>password</type><name>user-form-2</name>",
                "password: {type: string, minLength: 8}",
                "move upward: 12.5px; opw: none",
                "\u5BC6\u7801\u81F3\u5C118\u4F4D\uFF0C\u5305\u542B\u6570\u5B57",
                "\u5BC6\u7801\uFF1A\u8BF7\u8F93\u5165\u60A8\u7684\u5BC6\u7801123456",
                "\u4EE4\u724C: ${SOME_TOKEN}",
                "curl -u username: https://host",
                "curl -u deploy-user-2024-production: https://host",
                "author: \"bob1234567\"",
                "tokenizer = load(\"bert-base-uncased-v1.5\")",
                "ReactNativeCameraKit: f15a5a04b0f6dc6073e6db0296e6ef2d8b8d2522",
                "session_id: \"9f8a7c6b5d4e3f2a1b0cQ\"",
            })
    void leavesCodeTemplatesAndProse(String text) {
        assertThat(SCANNER.scan(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sshpass -p Xqwertzu4711 ssh h", "password: qaxqk809@", "password is ho@rse4711"})
    void findsPasswordsThatLookLikeNames(String text) {
        assertThat(SCANNER.scan(text)).hasSize(1);
    }

    @Test
    void takesAValueWithoutAnEndForASecret() {
        String text = "password=" + "ab1-".repeat(100_000) + " end";
        assertThat(SCANNER.redact(text)).isEqualTo("password=[REDACTED:password] end");
    }

    @Test
    void namesTheKindByTheName() {
        assertThat(SCANNER.scan("password: " + PASSWORD).getFirst().kind()).isEqualTo(Kind.PASSWORD);
        assertThat(SCANNER.scan("api_key: " + TOKEN).getFirst().kind()).isEqualTo(Kind.SECRET);
        assertThat(SCANNER.scan("Authorization: Bearer " + TOKEN).getFirst().kind())
                .isEqualTo(Kind.AUTHORIZATION);
    }
}
