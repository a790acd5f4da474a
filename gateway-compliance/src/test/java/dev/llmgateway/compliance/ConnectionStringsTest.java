package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.detect.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords in URLs and among the parameters of connections; {@code <...>} is around what is to be left out. */
class ConnectionStringsTest {

    private static final Scanner SCANNER =
            Scanner.builder().kinds(List.of(Kind.CONNECTION_STRING)).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://bob:<s3cr3tP4ss>@db.example.com:5432/app",
                "postgres://bob:<p@ss@word>@db/x",
                "postgres://bob:<p#ss/wo?rd1>@db/x",
                "postgres://bob:<p\u00E4ss1>@db/x",
                "mysql+pymysql://root:<toor>@127.0.0.1/test",
                "mongodb+srv://reader:<D1fficultP%40ssw0rd>@cluster0.example.net/?authSource=admin",
                "redis://:<p4ssw0rd>@redis.example.com:6379/0",
                "amqps://u:<hu!nter2>@host/vhost",
                "ftp://dlpuser:<rNrKYTX9g7z3RgJRmxWuGHbeu>@ftp.example.com",
                "smtp://me%40x.org:<k#pw1>@smtp.example.org:587",
                "ldap://cn=admin,dc=x,dc=org:<secretpw1>@ldap:389",
                "https://username:<whywouldyou>@example.com/path",
                "clickhouse://default:<Zk39_a>@ch:9000",
                "snowflake://user1:<Pass!word9>@acct/db",
                "jdbc:mysql://root:<hunter22>@localhost:3306/db",
                "jdbc:postgresql://localhost:5432/db?user=bob&password=<hunter22>&ssl=true",
                "jdbc:sqlserver://localhost:1433;databaseName=X;user=sa;password=<P@ssw0rd1>;encrypt=true",
                "jdbc:oracle:thin:scott/<tiger12>@//myhost:1521/svc",
                "Server=tcp:h,1433;Initial Catalog=db;User ID=sa;Password=<P4$$w&rd!>;Encrypt=True",
                "Data Source=srv;User Id=me;Pwd=<secret99>;",
                "host=localhost port=5432 user=bob password=<s3cret> dbname=x",
                "dbname=x user=bob password='<s3 cret>' host=h",
                "user:<hunter2>@tcp(127.0.0.1:3306)/db",
                "Use postgres://bob:<s3cr3tP4ss>@db.example.com, please.",
                "\u8BF7\u7528postgres://bob:<s3cr3tP4ss>@db\u8FDE\u63A5",
                "{\"url\":\"mongodb://a:<b9c8d7>@h/x\"}"
            })
    void leavesOutThePasswordAlone(String marked) {
        String text = marked.replaceAll("[<>]", "");
        assertThat(SCANNER.redact(text)).isEqualTo(marked.replaceAll("<.*>", "[REDACTED:connection_string]"));
        EveryCut.isTheSame(SCANNER, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:5000/<%= @variable %>",
                "https://url:8000 @something else",
                "https://example.com:8080/path/@foo",
                "http://[::1]:80/@x",
                "ssh://git@example.org:22/x",
                "https://host:443/a?b=c@d",
                "jdbc:sqlserver://localhost:1433;databaseName=X;user=a@b",
                "postgres://user:password@localhost/db",
                "postgres://${USER}:${PASS}@host/db",
                "postgres://user:<password>@host",
                "postgres://username:$PGPASSWORD@h",
                "mysql://%s:%s@tcp(%s)/",
                "https://user:***@host/",
                "Server=x;User ID=y;Password={your_password};",
                "login(host=\"a\", user=name, password=None, retries=3)",
                "connect(\n    user=user,\n    password=password,\n)",
                "the password=thing is not in a connection",
            })
    void leavesWhatIsNoPassword(String text) {
        assertThat(SCANNER.scan(text)).isEmpty();
    }
}
