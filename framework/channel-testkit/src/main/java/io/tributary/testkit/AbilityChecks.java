package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.ChecksHealth;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.OffersActions;
import io.tributary.spi.SplitsText;
import io.tributary.spi.Trouble;
import java.io.IOException;
import java.util.List;

/// The smaller abilities, each where the account has it.
final class AbilityChecks {

    /// Why nothing is said of a provider.
    static final String NO_PROVIDER =
            "The account has no provider to ask: its devices come by themselves.";

    private final ContractSubject subject;

    AbilityChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all(Abilities abilities) {
        return List.of(
                Check.bronze(
                                "segments joined are the text",
                                "Cut between characters only, and leave nothing of the text out.",
                                this::splits)
                        .onlyIf(abilities.have(SplitsText.class), lacks("SplitsText")),
                Check.bronze(
                                "media are located or cleanly not",
                                "Throw Trouble for what is no media of the provider's, and answer with web addresses only.",
                                this::locates)
                        .onlyIf(abilities.have(FetchesMedia.class), lacks("FetchesMedia")),
                Check.silver(
                                "an unreachable provider is not healthy",
                                "Let check() ask the provider, and say what is wrong without a secret in it.",
                                this::health)
                        .onlyIf(abilities.have(ChecksHealth.class), lacks("ChecksHealth"))
                        .onlyIf(abilities.haveProvider(), NO_PROVIDER),
                Check.bronze(
                                "actions have names and schemas of their own",
                                "Give each action a name of its own and a JSON Schema of its input.",
                                this::actions)
                        .onlyIf(abilities.have(OffersActions.class), lacks("OffersActions")));
    }

    private static String lacks(String ability) {
        return "The account does not implement " + ability + ".";
    }

    private void splits() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var ability = account.ability(SplitsText.class);
            for (var text : Hostile.texts()) {
                var segments = account.call(CallKind.SPLIT, () -> ability.split(text));

                assertThat(String.join("", segments)).as("segments joined").isEqualTo(text);
                assertThat(segments)
                        .as("segments, none of which ends within a character")
                        .noneMatch(AbilityChecks::endsWithinCharacter);
            }
        }
    }

    private void locates() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var ability = account.ability(FetchesMedia.class);
            for (var fetch : List.of("nonsense", "http://", "://\0", "%".repeat(1_000))) {
                locate(account, ability, fetch);
            }
        }
    }

    private static void locate(HostedAccount account, FetchesMedia ability, String fetch) {
        try {
            var location = account.call(CallKind.LOCATE, () -> ability.locate(fetch));
            assertThat(location.uri().getScheme()).as("where media is").isIn("http", "https");
        } catch (Trouble | IOException cleanly) {
            // As it should be: nonsense cannot be located.
        } catch (Exception thrown) {
            throw new AssertionError("locate threw " + thrown, thrown);
        }
    }

    private void health() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var ability = account.ability(ChecksHealth.class);
            var said = checked(account, ability);

            assertThat(said.state())
                    .as("the health while the provider cannot be reached")
                    .isNotEqualTo(Health.State.UP);
            assertThat(said.text()).as("what is the matter").isNotBlank();
            for (var secret : subject.settings().secrets()) {
                assertThat(said.toString()).as("the health").doesNotContain(secret);
                host.assertRedacted(secret);
            }
        }
    }

    private static Health checked(HostedAccount account, ChecksHealth ability) {
        try {
            return account.call(CallKind.CHECK, ability::check);
        } catch (Exception thrown) {
            return Health.down(thrown.toString());
        }
    }

    private void actions() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var ability = account.ability(OffersActions.class);
            var actions = account.call(CallKind.ACTIONS, ability::actions);

            assertThat(actions)
                    .extracting(OffersActions.Action::name)
                    .as("names of actions")
                    .doesNotHaveDuplicates();
            for (var action : actions) {
                assertThat(PlainJson.object(PlainJson.read(action.input().text())))
                        .as("the schema of action %s", action.name())
                        .isNotNull();
            }
            assertThat(host.violations()).as("what actions may not do").isEmpty();
        }
    }

    private static boolean endsWithinCharacter(String segment) {
        return !segment.isEmpty()
                && Character.isHighSurrogate(segment.charAt(segment.length() - 1));
    }
}
