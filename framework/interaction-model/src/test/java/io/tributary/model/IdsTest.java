package io.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    private static final String UUID_TEXT = "01890a5d-ac96-774b-bcce-b302099a8057";

    @ParameterizedTest
    @ValueSource(strings = {"a", "pager", "pager-us", "0", "-"})
    void namesOfLettersDigitsAndDashesAreTaken(String name) {
        assertThat(AccountId.of(name)).hasToString(name);
        assertThat(ChannelId.of(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Pager", "a.b", "a/b", "a b", "ä", "..", "a\n", "a\0"})
    void otherNamesAreRefusedWithoutBeingQuoted(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccountId.of(name))
                .withMessage("an account id must be 1 to 63 lower-case letters, digits and dashes");
    }

    @Test
    void aNameEndsAt63Characters() {
        assertThat(AccountId.of("a".repeat(63)).value()).hasSize(63);
        assertThatIllegalArgumentException().isThrownBy(() -> AccountId.of("a".repeat(64)));
    }

    @Property
    @Label("every UUID is read back from its text, in either case")
    void uuidsAreReadBack(@ForAll long high, @ForAll long low) {
        var id = new InteractionId(new UUID(high, low));

        assertThat(InteractionId.of(id.toString())).isEqualTo(id);
        assertThat(InteractionId.of(id.toString().toUpperCase(Locale.ROOT))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "01890a5dac96774bbcceb302099a8057",
                "01890a5d-ac96-774b-bcce-b302099a805",
                "01890a5d-ac96-774b-bcce-b302099a80577",
                "01890a5d-ac96-774b-bcce-b302099a805g",
                "+1890a5d-ac96-774b-bcce-b302099a8057",
                "01890a5d-ac96-774b-bcce-b302099a805\u0661",
            })
    void otherTextsAreRefusedWithoutBeingQuoted(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConversationId.of(text))
                .withMessage("not a conversation id: expected a UUID such as " + UUID_TEXT);
        assertThatIllegalArgumentException().isThrownBy(() -> CustomerId.of(text));
        assertThatIllegalArgumentException().isThrownBy(() -> MediaId.of(text));
    }

    @Test
    @SuppressWarnings("NullAway") // The point of the test is a caller that NullAway does not see.
    void nullIsRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> new InteractionId(null))
                .withMessage("an interaction id must not be null");
    }
}
