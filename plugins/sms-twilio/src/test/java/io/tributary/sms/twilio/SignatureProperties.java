package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.spi.Fields;
import io.tributary.spi.Malformed;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What Twilio signs passes, and nothing else does.
class SignatureProperties {

    private final WebhookReader reader = Signed.reader(null);

    @Property
    void whateverTwilioSignsPasses(@ForAll("forms") Fields form) {
        assertThat(reader.verify(Signed.post(form))).isInstanceOf(WebhookVerdict.Accepted.class);
    }

    @Property
    void theOrderOfTheFieldsIsFree(@ForAll("forms") Fields form) {
        var signature = Signed.post(form).need("x-twilio-signature");
        var backwards = new Fields(form.all().reversed());

        assertThat(reader.verify(Signed.post(backwards).header("x-twilio-signature", signature)))
                .isInstanceOf(WebhookVerdict.Accepted.class);
    }

    /// A flipped bit may leave the same fields (`%4a` and `%4A`), and then it may pass.
    @Property
    void aFlippedBitOfTheBodyChangesTheFieldsOrIsRefused(
            @ForAll("forms") Fields form, @ForAll @IntRange(min = 0, max = 100_000) int where) {
        var request = Signed.post(form);
        var bytes = request.body().toArray();
        if (bytes.length == 0) {
            return;
        }
        bytes[where / 8 % bytes.length] ^= (byte) (1 << where % 8);
        var changed = request.body(Bytes.of(bytes));

        assertThat(passes(changed)).isEqualTo(sameSet(changed, form));
    }

    @Property
    void noBodyBreaksIt(@ForAll byte[] body) {
        var request = Signed.post(Signed.TEXT).body(Bytes.of(body));

        assertThat(passes(request)).isFalse();
    }

    @Property
    void noHeaderBreaksIt(@ForAll String signature) {
        var request = Signed.post(Signed.TEXT).header("x-twilio-signature", signature);

        assertThat(passes(request)).isFalse();
    }

    private boolean passes(WebhookRequest request) {
        try {
            return reader.verify(request) instanceof WebhookVerdict.Accepted;
        } catch (Malformed broken) {
            return false;
        }
    }

    private static boolean sameSet(WebhookRequest changed, Fields form) {
        try {
            var url = Signed.DOOR.toString();
            return Signed.signature(Signed.TOKEN, url, changed.form())
                    .equals(Signed.signature(Signed.TOKEN, url, form));
        } catch (Malformed broken) {
            return false;
        }
    }

    @Provide
    Arbitrary<Fields> forms() {
        var names =
                Arbitraries.oneOf(
                        Arbitraries.of("Body", "From", "MessageStatus", "MediaUrl0", "É", "a b"),
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(8));
        var values =
                Arbitraries.oneOf(
                        Arbitraries.of("", " ", "+15551230001", "👍", "a=b&c%20+"),
                        Arbitraries.strings().ofMaxLength(20));
        return Combinators.combine(names, values)
                .as((name, value) -> new Fields.Field(valid(name), valid(value)))
                .filter(field -> !field.name().isEmpty() && !isIdentity(field.name()))
                .list()
                .ofMaxSize(12)
                .map(SignatureProperties::fields);
    }

    private static boolean isIdentity(String name) {
        return List.of("AccountSid", "MessageSid", "SmsSid").contains(name);
    }

    /// Lone surrogates have no UTF-8 form and cannot be sent.
    private static String valid(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Fields fields(List<Fields.Field> fields) {
        return new Fields(fields);
    }
}
