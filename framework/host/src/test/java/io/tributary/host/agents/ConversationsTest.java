package io.tributary.host.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tributary.host.access.Principal;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.LogReader;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("Conversations")
final class ConversationsTest {

    private static final Actor MARIA = Actor.agent("maria", "Maria");
    private static final Actor JONAS = Actor.agent("jonas", null);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private TestLog log;

    @SuppressWarnings("NullAway.Init") // before each test
    private Agents agents;

    @BeforeEach
    void open() {
        log = new TestLog(folder);
        agents = new Agents(log.journal, InstantSource.system(), Agents.Options.DEFAULT);
    }

    @AfterEach
    void close() {
        agents.close();
        log.close();
    }

    @Test
    @DisplayName("what is committed while a page of it is read is not on the next page again")
    void committedMeanwhile() {
        TestLog.Talk talk = log.talk(TestLog.EAST, "+1");
        log.sayMany(talk, 3);
        try (var late = new Agents(lateBy(1), InstantSource.system(), Agents.Options.DEFAULT)) {
            JsonNode page =
                    json(
                            late.conversations()
                                    .interactions(
                                            talk.id(),
                                            late.cursors().of(0),
                                            null,
                                            10,
                                            TestLog.EVERYBODY));

            assertThat(page.path("items")).hasSize(3);
            assertThat(page.path("next").asString()).isEqualTo(late.cursors().of(3));
        }
    }

    /// Its head tells the last commits a moment after readings show them.
    private Journal lateBy(long positions) {
        return new ForwardingJournal(log.journal) {
            @Override
            public LogReader log() {
                return new LateLog(super.log(), positions);
            }
        };
    }

    private static JsonNode json(Bytes bytes) {
        return JsonMapper.shared().readTree(bytes.asStream());
    }

    private JsonNode one(TestLog.Talk talk) {
        return json(agents.conversations().one(talk.id(), TestLog.EVERYBODY));
    }

    private static Claims.Act act(TestLog.Talk talk, Actor agent) {
        return new Claims.Act(talk.id(), agent, TestLog.EVERYBODY, null);
    }

    private static Refusal.Why why(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
        return thrown instanceof Refusal refusal ? refusal.why() : fail(thrown);
    }

    private static Refusal.Why fail(Throwable thrown) {
        throw new AssertionError("not refused", thrown);
    }

    @Test
    @DisplayName("show who, where, the last content, and the cursor to follow from")
    void view() {
        TestLog.Talk talk = log.talk(TestLog.EAST, "+1");
        log.say(talk, "first");
        long last = log.say(talk, "Grüße \"quoted\"");
        JsonNode view = one(talk);

        assertThat(view.get("id").asString()).isEqualTo(talk.id().toString());
        assertThat(view.at("/customer/name").asString()).isEqualTo("Ada");
        assertThat(view.get("account").asString()).isEqualTo("pager-east");
        assertThat(view.get("open").asBoolean()).isTrue();
        assertThat(view.get("contentPosition").asLong()).isEqualTo(last);
        assertThat(view.at("/last/position").asLong()).isEqualTo(last);
        assertThat(view.at("/last/parts/0/text").asString()).isEqualTo("Grüße \"quoted\"");
        assertThat(view.has("claim")).isFalse();
        assertThat(agents.cursors().need(view.get("cursor").asString())).isEqualTo(last);
    }

    @Test
    @DisplayName("are paged through also where they are open for longer than interactions are kept")
    void olderThanWhatIsKept() {
        TestLog.Talk oldest = log.talk(TestLog.EAST, "+1");
        log.say(oldest, "anybody there?");
        for (String address : List.of("+2", "+3")) {
            log.say(log.talk(TestLog.EAST, address), "hello");
        }
        JsonNode first = json(agents.conversations().page(Map.of(), 2, TestLog.EVERYBODY));
        log.journal.dropBefore(Instant.now().plusSeconds(1));
        assertThat(log.journal.log().oldest()).isGreaterThan(3);

        JsonNode second =
                json(
                        agents.conversations()
                                .page(
                                        Map.of("before", List.of(first.get("next").asString())),
                                        2,
                                        TestLog.EVERYBODY));

        assertThat(second.get("items")).hasSize(1);
        assertThat(second.at("/items/0/id").asString()).isEqualTo(oldest.id().toString());
    }

    @Test
    @DisplayName("come newest first, page by page, each once")
    void pages() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            TestLog.Talk talk = log.talk(i % 5 == 0 ? TestLog.WEST : TestLog.EAST, "+" + i);
            log.say(talk, "hello");
            made.addFirst(talk.id().toString());
        }
        List<String> seen = new ArrayList<>();
        JsonNode page = json(agents.conversations().page(Map.of(), 10, TestLog.EVERYBODY));
        for (;
                ;
                page =
                        json(
                                agents.conversations()
                                        .page(
                                                Map.of(
                                                        "before",
                                                        List.of(page.get("next").asString())),
                                                10,
                                                TestLog.EVERYBODY))) {
            page.get("items").forEach(item -> seen.add(item.get("id").asString()));
            if (!page.has("next")) {
                break;
            }
        }

        assertThat(seen).isEqualTo(made);
        assertThat(
                        json(agents.conversations()
                                        .page(
                                                Map.of("account", List.of("pager-west")),
                                                100,
                                                TestLog.EVERYBODY))
                                .get("items"))
                .hasSize(5);
        assertThat(
                        json(agents.conversations()
                                        .page(
                                                Map.of("open", List.of("false")),
                                                100,
                                                TestLog.EVERYBODY))
                                .get("items"))
                .isEmpty();
        assertThat(
                        why(() ->
                                agents.conversations()
                                        .page(
                                                Map.of("open", List.of("maybe")),
                                                10,
                                                TestLog.EVERYBODY)))
                .isEqualTo(Refusal.Why.INVALID);
    }

    @Test
    @DisplayName("show their interactions from the newest back and from any cursor on")
    void interactions() {
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        log.sayMany(talk, 25);
        JsonNode newest =
                json(
                        agents.conversations()
                                .interactions(talk.id(), null, null, 10, TestLog.EVERYBODY));
        JsonNode before =
                json(
                        agents.conversations()
                                .interactions(
                                        talk.id(),
                                        null,
                                        newest.get("previous").asString(),
                                        10,
                                        TestLog.EVERYBODY));
        JsonNode first =
                json(
                        agents.conversations()
                                .interactions(
                                        talk.id(),
                                        null,
                                        before.get("previous").asString(),
                                        10,
                                        TestLog.EVERYBODY));
        JsonNode after =
                json(
                        agents.conversations()
                                .interactions(
                                        talk.id(),
                                        before.at("/items/9/cursor").asString(),
                                        null,
                                        10,
                                        TestLog.EVERYBODY));

        assertThat(positions(newest))
                .containsExactly(16L, 17L, 18L, 19L, 20L, 21L, 22L, 23L, 24L, 25L);
        assertThat(positions(before)).containsExactly(6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L);
        assertThat(positions(first)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(first.has("previous")).isFalse();
        assertThat(positions(after)).isEqualTo(positions(newest));
        assertThat(agents.cursors().need(newest.get("next").asString())).isEqualTo(25);
    }

    private static List<Long> positions(JsonNode page) {
        List<Long> positions = new ArrayList<>();
        page.get("items").forEach(item -> positions.add(item.at("/data/position").asLong()));
        return positions;
    }

    @Test
    @DisplayName("are claimed by one agent, who alone may release, transfer or close")
    void claims() {
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        log.say(talk, "hello");
        agents.claims().claim(act(talk, MARIA));
        agents.claims().claim(act(talk, MARIA));
        assertThat(one(talk).at("/claim/agent/name").asString()).isEqualTo("Maria");
        assertThat(why(() -> agents.claims().claim(act(talk, JONAS))))
                .isEqualTo(Refusal.Why.CLAIMED);
        assertThat(why(() -> agents.claims().release(act(talk, JONAS))))
                .isEqualTo(Refusal.Why.CLAIMED);
        assertThat(why(() -> agents.claims().close(act(talk, JONAS))))
                .isEqualTo(Refusal.Why.CLAIMED);

        agents.claims().transfer(act(talk, MARIA), JONAS, "please");
        assertThat(one(talk).at("/claim/agent/id").asString()).isEqualTo("jonas");
        agents.claims().release(act(talk, JONAS));
        agents.claims().release(act(talk, MARIA));
        assertThat(one(talk).has("claim")).isFalse();
        agents.claims().close(act(talk, JONAS));
        agents.claims().close(act(talk, JONAS));

        assertThat(one(talk).get("open").asBoolean()).isFalse();
        assertThat(why(() -> agents.claims().claim(act(talk, MARIA))))
                .isEqualTo(Refusal.Why.CLOSED);
        JsonNode told =
                json(
                        agents.conversations()
                                .interactions(talk.id(), null, null, 100, TestLog.EVERYBODY));
        List<String> kinds = new ArrayList<>();
        told.get("items")
                .forEach(item ->
                        kinds.add(
                                item.at("/data/parts/0/what").asString()
                                        + item.at("/data/parts/0/note").asString()));
        assertThat(kinds).containsExactly("", "claimed", "please", "released", "closed");
        assertThat(told.at("/items/1/data/direction").asString()).isEqualTo("internal");
        assertThat(told.at("/items/1/data/actor/id").asString()).isEqualTo("maria");
    }

    @Test
    @DisplayName("claimed by twenty agents at once have one holder")
    void race() throws Exception {
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        log.say(talk, "hello");
        List<Callable<String>> agentsAtOnce = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Actor agent = Actor.agent("agent-" + i, null);
            agentsAtOnce.add(() -> {
                try {
                    agents.claims().claim(act(talk, agent));
                    return "won";
                } catch (Refusal refusal) {
                    return refusal.why().name();
                }
            });
        }
        List<String> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> outcome : threads.invokeAll(agentsAtOnce)) {
                outcomes.add(outcome.get());
            }
        }

        assertThat(outcomes).containsOnly("won", "CLAIMED").containsOnlyOnce("won");
        assertThat(log.journal.log().head()).isEqualTo(2);
    }

    @Test
    @DisplayName("of other accounts are not there for a token that is limited")
    void accountWall() {
        TestLog.Talk east = log.talk(TestLog.EAST, "1");
        long position = log.say(east, "hello");
        Principal west = TestLog.WESTERNER;

        assertThat(why(() -> agents.conversations().one(east.id(), west)))
                .isEqualTo(Refusal.Why.NOT_FOUND);
        assertThat(why(() -> agents.conversations().interactions(east.id(), null, null, 10, west)))
                .isEqualTo(Refusal.Why.NOT_FOUND);
        assertThat(why(() -> agents.claims().claim(new Claims.Act(east.id(), MARIA, west, null))))
                .isEqualTo(Refusal.Why.NOT_FOUND);
        assertThat(
                        why(() ->
                                agents.filters()
                                        .of(
                                                Map.of("account", List.of("pager-west,pager-east")),
                                                west)))
                .isEqualTo(Refusal.Why.NOT_FOUND);
        assertThat(agents.filters().of(Map.of(), west).accounts()).containsExactly(TestLog.WEST);
        assertThat(json(agents.conversations().page(Map.of(), 10, west)).get("items")).isEmpty();
        assertThat(agents.pages().one(log.journal.log().at(position).orElseThrow().id(), west))
                .isEmpty();
        assertThat(
                        why(() ->
                                agents.conversations()
                                        .one(
                                                ConversationId.of(
                                                        "00000000-0000-7000-8000-000000000000"),
                                                west)))
                .isEqualTo(Refusal.Why.NOT_FOUND);
    }

    @Test
    @DisplayName("and their interactions are also read by pages of the stream, with waiting")
    void streamPages() throws Exception {
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        log.sayMany(talk, 25);
        var all = agents.filters().of(Map.of("type", List.of("text")), TestLog.EVERYBODY);
        JsonNode page = json(agents.pages().page(0, all, 10, Duration.ZERO));
        assertThat(positions(page)).hasSize(10).startsWith(1L);
        JsonNode next =
                json(
                        agents.pages()
                                .page(
                                        agents.cursors().need(page.get("next").asString()),
                                        all,
                                        100,
                                        Duration.ZERO));
        assertThat(positions(next)).hasSize(15).startsWith(11L).endsWith(25L);
        JsonNode none =
                json(
                        agents.pages()
                                .page(
                                        0,
                                        agents.filters()
                                                .of(
                                                        Map.of("type", List.of("note")),
                                                        TestLog.EVERYBODY),
                                        10,
                                        Duration.ofMillis(1)));
        assertThat(positions(none)).isEmpty();
        assertThat(agents.cursors().need(none.get("next").asString())).isEqualTo(25);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Bytes> waiting =
                    threads.submit(() -> agents.pages().page(25, all, 10, Duration.ofMinutes(1)));
            log.say(talk, "at last");
            assertThat(positions(json(waiting.get()))).containsExactly(26L);
        }
    }

    @Test
    @DisplayName("are asked for in words that are checked")
    void filters() {
        for (Map<String, List<String>> wrong :
                List.of(
                        Map.of("conversation", List.of("x")),
                        Map.of("direction", List.of("sideways")),
                        Map.of("account", List.of("UPPER")),
                        Map.of("customer", List.of("a", "b")),
                        Map.of("channel", List.of("no spaces")))) {
            assertThatThrownBy(() -> agents.filters().of(wrong, TestLog.EVERYBODY))
                    .asInstanceOf(type(Refusal.class))
                    .satisfies(refusal ->
                            assertThat(refusal.text())
                                    .startsWith(wrong.keySet().iterator().next()));
        }
    }
}
