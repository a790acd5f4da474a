package dev.llmgateway.ir.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.OpaqueToken.Kind;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;

class SealedTokensTest {

    @Property(tries = 500)
    void whatIsLabelledIsReadBack(
            @ForAll Kind kind, @ForAll @NotEmpty String value, @ForAll("providers") String provider) {
        OpaqueToken token = new OpaqueToken(kind, value, provider.isEmpty() ? null : provider);

        assertThat(SealedTokens.unseal(SealedTokens.seal(token))).isEqualTo(token);
    }

    /** Of characters that a label needs itself, mostly. */
    @Provide
    Arbitrary<String> providers() {
        return Arbitraries.strings().withChars("a.%2E5").ofMaxLength(12);
    }

    @Property(tries = 500)
    void whatHasNoLabelIsTheVendorsOwn(@ForAll String text) {
        OpaqueToken read = SealedTokens.read(Kind.ANTHROPIC_SIGNATURE, text);

        assertThat(read).isEqualTo(new OpaqueToken(Kind.ANTHROPIC_SIGNATURE, text, null));
    }

    @Example
    void aBrokenLabelIsNone() {
        for (String broken :
                new String[] {"gw1.", "gw1.o", "gw1.o.", "gw1.o.p", "gw1.o.p.", "gw1.x.p.v", "gw2.o.p.v"}) {
            assertThat(SealedTokens.isSealed(broken)).as(broken).isFalse();
        }
    }

    @Example
    void aTokenGoesToItsMakerAloneWhenThatIsKnown() {
        assertThat(SealedTokens.mayGoTo(new OpaqueToken(Kind.OPENAI_ENCRYPTED, "v", "a"), "a"))
                .isTrue();
        assertThat(SealedTokens.mayGoTo(new OpaqueToken(Kind.OPENAI_ENCRYPTED, "v", "a"), "b"))
                .isFalse();
        assertThat(SealedTokens.mayGoTo(new OpaqueToken(Kind.OPENAI_ENCRYPTED, "v", null), "b"))
                .isTrue();
    }
}
