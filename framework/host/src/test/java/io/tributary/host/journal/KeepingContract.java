package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import io.tributary.model.TimeOrderedIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is kept beside the log.
abstract class KeepingContract extends JournalContract {

    private static final String ODD = "a\0b";

    KeepingContract(Opening opening) {
        super(opening);
    }

    @Test
    @DisplayName("a correction is kept once, as long as nobody has corrected the same meanwhile")
    void corrections() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        Change.Append message =
                Samples.append(conversation, Change.Weight.FROM_CUSTOMER, Samples.AT, "said");
        store(message);
        var one = Bytes.utf8("one");
        var first = new Expect.CorrectionIs(message.id(), null);
        var next = new Expect.CorrectionIs(message.id(), one);
        var put = new Change.PutCorrection(message.id(), one, Samples.AT);

        assertThat(append(Unit.of(List.of(next), List.of(put))))
                .isEqualTo(new Commit.Stale(0, next));
        assertThat(append(Unit.of(List.of(first), List.of(put)))).isInstanceOf(Commit.Done.class);
        assertThat(append(Unit.of(List.of(first), List.of(put))))
                .isEqualTo(new Commit.Stale(0, first));
        var other = new Change.PutCorrection(message.id(), Bytes.utf8("two"), Samples.AT);
        assertThat(append(Unit.of(List.of(next), List.of(other)))).isInstanceOf(Commit.Done.class);
        assertThat(journal.renormalisations().corrected(message.id())).contains(Bytes.utf8("two"));
    }

    @Test
    @DisplayName("an interaction is found together with a conversation as it is now")
    void placed() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        var said = typed(conversation, "text");
        store(said);
        store(typed(conversation, "text"));

        var found = journal.conversations().placed(said.id(), conversation).orElseThrow();
        assertThat(found.row()).isEqualTo(journal.log().byId(said.id()).orElseThrow());
        assertThat(found.conversation())
                .isEqualTo(journal.conversations().byId(conversation).orElseThrow());
        assertThat(journal.conversations().placed(Samples.IDS.interaction(), conversation))
                .isEmpty();
        assertThat(journal.conversations().placed(said.id(), Samples.IDS.conversation())).isEmpty();
    }

    @Test
    @DisplayName("edits and deletions of a conversation are found among much else")
    void edits() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        var edit = typed(conversation, "edited");
        var deletion = typed(conversation, "deleted");
        store(typed(conversation, "text"));
        store(edit);
        store(typed(Samples.conversation(journal, "+2"), "edited"));
        store(typed(conversation, "text"));
        store(deletion);

        var found = journal.conversations().edits(conversation, 0, 10);
        assertThat(found).extracting(Row::id).containsExactly(edit.id(), deletion.id());
        long first = found.getFirst().position();
        assertThat(journal.conversations().edits(conversation, first, 10))
                .extracting(Row::id)
                .containsExactly(deletion.id());
        assertThat(journal.conversations().edits(conversation, 0, 1)).hasSize(1);
    }

    private static Change.Append typed(ConversationId conversation, String type) {
        var said = Samples.append(conversation, Change.Weight.QUIET, Samples.AT, "said");
        return new Change.Append(
                said.id(),
                said.conversation(),
                said.customer(),
                said.channel(),
                said.account(),
                said.direction(),
                type,
                said.weight(),
                said.receivedAt(),
                said.body());
    }

    @Test
    @DisplayName("of a channel one run goes on, worked on by one member at a time")
    void renormalisations() {
        var runs = journal.renormalisations();
        var run = run("r1");
        assertThat(runs.begin(run)).isTrue();
        assertThat(runs.begin(run("r2"))).isFalse();
        assertThat(runs.of(run.channel())).contains(run);

        var now = Samples.AT;
        assertThat(runs.take(run, 1, now, Duration.ofSeconds(30))).isTrue();
        assertThat(runs.take(run, 2, now, Duration.ofSeconds(30))).isFalse();
        var further = run.at(7, new Renormalisations.Counts(5, 1, 2, 1, 1));
        assertThat(runs.keep(further, 2)).isFalse();
        assertThat(runs.keep(further, 1)).isTrue();
        assertThat(runs.all()).containsExactly(further);
        assertThat(runs.take(run, 2, now.plusSeconds(30), Duration.ofSeconds(30))).isTrue();
        assertThat(runs.keep(further, 1)).isFalse();
        runs.release(2);
        assertThat(runs.take(run, 1, now, Duration.ofSeconds(30))).isTrue();

        assertThat(runs.stop(run, now)).isTrue();
        assertThat(runs.stop(run, now)).isFalse();
        assertThat(runs.keep(further, 1)).isFalse();
        var next = run("r2").at(7, further.counts());
        assertThat(runs.begin(next)).isTrue();
        assertThat(runs.of(run.channel())).contains(next);
    }

    private static Renormalisations.Run run(String id) {
        return new Renormalisations.Run(
                ChannelId.of("pager"),
                id,
                Set.of("pager 1.0.0", "text 2.0.0"),
                Samples.ACCOUNT,
                Samples.AT,
                Samples.AT.plusSeconds(60),
                true,
                "ops",
                Renormalisations.State.RUNNING,
                "",
                3,
                9,
                Renormalisations.Counts.NONE,
                Samples.AT,
                null);
    }

    @Test
    @DisplayName(
            "customers are found by address and identity, and resolve to what they are merged into")
    void customers() {
        CustomerId one = customer(null);
        CustomerId two = customer("Bo");
        CustomerId three = customer("Cy");
        store(
                new Change.NameCustomer(one, "Al"),
                new Change.NameCustomer(two, "not Bo"),
                new Change.BindAddress(Samples.ACCOUNT, "+1", "+1", one),
                new Change.BindAddress(Samples.ACCOUNT, "old +1", "+1", one),
                new Change.BindIdentity("phone", "+1", one, "by channel", Samples.AT),
                new Change.BindIdentity("email", "a@example.org", two, "code", Samples.AT));
        store(new Change.MergeCustomer(one, two));
        store(new Change.MergeCustomer(two, three));

        assertThat(journal.directory().end(Samples.ACCOUNT, "old +1"))
                .contains(new Directory.End(Samples.ACCOUNT, "+1", one));
        assertThat(journal.directory().end(Samples.ACCOUNT, "+2")).isEmpty();
        assertThat(journal.directory().identity("phone", "+1")).contains(one);
        assertThat(journal.customers().byId(one))
                .contains(new Customers.Customer(three, "Cy", Samples.AT));
        assertThat(journal.customers().aliases(two)).containsExactlyInAnyOrder(one, two, three);
        assertThat(journal.customers().page(null, 9))
                .extracting(Customers.Customer::id)
                .containsExactly(three);
        assertThat(journal.customers().identities(Set.of(one, two))).hasSize(2);
        assertThat(journal.customers().addresses(Set.of(one)))
                .extracting(Customers.Address::address)
                .containsExactly("+1", "old +1");
        assertThatThrownBy(() -> store(new Change.MergeCustomer(three, one)))
                .hasCauseInstanceOf(UnitRefused.class);
        var unmerged = new Expect.CustomerUnmerged(two);
        assertThat(append(Unit.of(List.of(unmerged), List.of())))
                .isEqualTo(new Commit.Stale(0, unmerged));

        store(new Change.MergeCustomer(two, null));
        assertThat(journal.customers().byId(one).orElseThrow().name()).isEqualTo("Bo");
        assertThat(journal.customers().page(three, 9))
                .extracting(Customers.Customer::id)
                .containsExactly(two);
    }

    private CustomerId customer(@Nullable String name) {
        CustomerId id = Samples.IDS.customer();
        store(new Change.AddCustomer(id, name, Samples.AT));
        return id;
    }

    @Test
    @DisplayName("of a fold the furthest of the latest timeline is kept, also over a restart")
    void folds() {
        assertThat(journal.folds().find("sums")).isEmpty();
        assertThat(journal.folds().keep("sums", fold(1, 7, "seven"))).isTrue();
        assertThat(journal.folds().keep("sums", fold(1, 7, "again"))).isFalse();
        assertThat(journal.folds().keep("sums", fold(1, 6, "back"))).isFalse();
        assertThat(journal.folds().keep("others", fold(1, 1, "one"))).isTrue();
        assertThat(journal.folds().find("sums")).contains(fold(1, 7, "seven"));

        assertThat(journal.folds().keep("sums", fold(2, 3, "anew"))).isTrue();
        assertThat(journal.folds().keep("sums", fold(1, 9, "of the past"))).isFalse();
        reopen();
        assertThat(journal.folds().find("sums")).contains(fold(2, 3, "anew"));
        assertThat(journal.folds().mark("sums")).contains(fold(2, 3, "").mark());
        assertThat(journal.folds().mark("none")).isEmpty();
    }

    @Test
    @DisplayName("a watched conversation is found by time and account, and moved by one of several")
    void watches() {
        var ids = new TimeOrderedIds(clock);
        var watches = journal.watches();
        var first = watch(ids.conversation(), Samples.AT);
        var second = watch(ids.conversation(), null);
        watches.begin(first);
        watches.begin(second);
        watches.begin(watch(first.conversation(), null));

        assertThat(watches.of(first.conversation())).contains(first);
        assertThat(watches.due(Samples.AT.minusSeconds(1), 9)).isEmpty();
        assertThat(watches.due(Samples.AT, 9)).containsExactly(first);
        assertThat(watches.of(first.account(), null, 1)).containsExactly(first);
        assertThat(watches.of(first.account(), first.conversation(), 9)).containsExactly(second);

        var next = watch(first.conversation(), Samples.AT.plusSeconds(60));
        assertThat(watches.move(first, next)).isTrue();
        assertThat(watches.move(first, first)).isFalse();
        var moved = watches.of(first.conversation()).orElseThrow();
        assertThat(moved.revision()).isEqualTo(1);
        assertThat(moved.dueAt()).isEqualTo(next.dueAt());
        assertThat(watches.due(Samples.AT, 9)).isEmpty();

        watches.end(first.conversation());
        assertThat(watches.of(first.conversation())).isEmpty();
    }

    private static Traces.Trace trace(int seconds, String account, @Nullable InteractionId of) {
        return new Traces.Trace(
                0,
                Samples.AT.plusSeconds(seconds),
                AccountId.of(account),
                of == null ? null : "pager 1.0.0",
                of == null ? null : new Traces.Purpose(of, "send", "key-" + seconds, 3),
                new Traces.Request("POST", "a.example", "/v1/*"),
                new Traces.End(of == null ? 0 : 200, of == null ? "timed_out" : "answered", 1_234),
                "{\"request\":{}}");
    }

    @Test
    @DisplayName("traces are found by interaction, account and ending, newest first, page by page")
    void traces() {
        InteractionId one = new TimeOrderedIds(clock).interaction();
        InteractionId other = new TimeOrderedIds(clock).interaction();
        Traces traces = journal.traces();
        traces.add(List.of(trace(0, "pager-us", one), trace(1, "pager-us", null)), 99);
        traces.add(
                List.of(
                        trace(2, "pager-eu", other),
                        trace(3, "pager-us", one),
                        trace(4, "pager-eu", null)),
                99);

        var us = Set.of(AccountId.of("pager-us"));
        assertThat(seconds(Set.of(), null, false)).containsExactly(4L, 3L, 2L, 1L, 0L);
        assertThat(seconds(us, null, false)).containsExactly(3L, 1L, 0L);
        assertThat(seconds(Set.of(), null, true)).containsExactly(4L, 1L);
        assertThat(seconds(us, one, false)).containsExactly(3L, 0L);
        assertThat(seconds(us, other, false)).isEmpty();
        var page = traces.page(new Traces.Query(Set.of(), null, false), Long.MAX_VALUE, 2);
        assertThat(page).hasSize(2);
        assertThat(traces.page(new Traces.Query(Set.of(), null, false), page.getLast().id(), 9))
                .hasSize(3);
        var read = traces.page(new Traces.Query(us, one, false), Long.MAX_VALUE, 9).getLast();
        var written = trace(0, "pager-us", one);
        assertThat(read)
                .isEqualTo(
                        new Traces.Trace(
                                read.id(),
                                written.at(),
                                written.account(),
                                written.plugin(),
                                written.purpose(),
                                written.request(),
                                written.end(),
                                written.detail()));
    }

    @Test
    @DisplayName(
            "traces go when they are old, when there are too many, and no later than what is that old")
    void oldTraces() {
        Traces traces = journal.traces();
        for (int i = 0; i < 6; i++) {
            traces.add(
                    IntStream.range(100 * i, 100 * (i + 1))
                            .mapToObj(second -> trace(second, "pager-us", null))
                            .toList(),
                    500);
        }
        List<Long> kept = seconds(Set.of(), null, false);
        assertThat(kept).hasSize(500).startsWith(599L).endsWith(100L);

        assertThat(traces.dropBefore(Samples.AT.plusSeconds(450))).isEqualTo(350);
        assertThat(seconds(Set.of(), null, false)).hasSize(150).endsWith(450L);
        assertThat(traces.dropBefore(Samples.AT.plusSeconds(450))).isZero();

        journal.dropBefore(Samples.AT.plusSeconds(590));
        assertThat(seconds(Set.of(), null, false)).hasSize(10);
        reopen();
        assertThat(seconds(Set.of(), null, false)).hasSize(10);
    }

    private List<Long> seconds(
            Set<AccountId> accounts, @Nullable InteractionId interaction, boolean failed) {
        return journal
                .traces()
                .page(new Traces.Query(accounts, interaction, failed), Long.MAX_VALUE, 1_000)
                .stream()
                .map(each -> Duration.between(Samples.AT, each.at()).toSeconds())
                .toList();
    }

    private static Watches.Watch watch(ConversationId conversation, @Nullable Instant due) {
        return new Watches.Watch(conversation, AccountId.of("pager-us"), "v1", Samples.AT, due, 0);
    }

    @Test
    @DisplayName("a webhook is one member's, moves for that one only, and not once it was changed")
    void webhooks() {
        var setup = setup("hook", WebhookRecords.State.ACTIVE);
        var absent = new Expect.WebhookVersion("hook", 0);
        store(Unit.of(List.of(absent), List.of(new Change.PutWebhook(setup, "begin"))));
        WebhookRecords webhooks = journal.webhooks();
        assertThat(append(Unit.of(List.of(absent), List.of())))
                .isEqualTo(new Commit.Stale(0, absent));

        assertThat(webhooks.take("hook", 1, clock.instant(), Duration.ofMinutes(1))).isTrue();
        assertThat(webhooks.take("hook", 2, clock.instant(), Duration.ofMinutes(1))).isFalse();
        assertThat(webhooks.take("hook", 1, clock.instant(), Duration.ofMinutes(1))).isTrue();
        WebhookRecords.Webhook read = webhooks.byId("hook").orElseThrow();
        assertThat(read.setup()).isEqualTo(setup);
        assertThat(read.progress()).isEqualTo(WebhookRecords.Progress.at("begin"));
        var further =
                new WebhookRecords.Progress(
                        "further", 3, Samples.AT, Samples.AT, Samples.AT, "answered 500" + ODD);
        assertThat(webhooks.keep(read, further)).isTrue();
        assertThat(webhooks.byId("hook").orElseThrow().progress()).isEqualTo(further);

        clock.move(Duration.ofMinutes(1));
        assertThat(webhooks.take("hook", 2, clock.instant(), Duration.ofMinutes(1))).isTrue();
        assertThat(webhooks.keep(read, WebhookRecords.Progress.at("late"))).isFalse();
        webhooks.release(2);
        assertThat(webhooks.take("hook", 1, clock.instant(), Duration.ofMinutes(1))).isTrue();
        WebhookRecords.Webhook again = webhooks.byId("hook").orElseThrow();
        assertThat(again.version()).isEqualTo(read.version());
        assertThat(webhooks.isAsRead(again)).isTrue();
        webhooks.releaseAll();
        assertThat(webhooks.take("hook", 3, clock.instant(), Duration.ofMinutes(1))).isTrue();
        assertThat(webhooks.isAsRead(again)).isFalse();
        webhooks.release(3);
        assertThat(webhooks.take("hook", 1, clock.instant(), Duration.ofMinutes(1))).isTrue();

        store(new Change.PutWebhook(setup("hook", WebhookRecords.State.PAUSED), null));
        assertThat(webhooks.keep(again, WebhookRecords.Progress.at("late"))).isFalse();
        assertThat(webhooks.isAsRead(again)).isFalse();
        assertThat(webhooks.take("hook", 1, clock.instant(), Duration.ofMinutes(1))).isFalse();
        reopen();
        WebhookRecords.Webhook paused = journal.webhooks().byId("hook").orElseThrow();
        assertThat(paused.progress()).isEqualTo(further);
        assertThat(journal.webhooks().all()).containsExactly(paused);
        store(new Change.PutWebhook(setup("hook", WebhookRecords.State.ACTIVE), "back"));
        assertThat(journal.webhooks().byId("hook").orElseThrow().progress())
                .isEqualTo(new WebhookRecords.Progress("back", 0, null, null, Samples.AT, ""));

        store(new Change.RemoveWebhook("hook"));
        assertThat(journal.webhooks().byId("hook")).isEmpty();
    }

    private static WebhookRecords.Setup setup(String id, WebhookRecords.State state) {
        return new WebhookRecords.Setup(
                id,
                "name" + ODD,
                "https://app.example.com/",
                "{}",
                Bytes.utf8("sealed"),
                state == WebhookRecords.State.PAUSED ? Bytes.utf8("former") : null,
                state == WebhookRecords.State.PAUSED ? Samples.AT : null,
                state,
                "",
                Samples.AT,
                Samples.AT);
    }

    @Test
    @DisplayName("what a webhook sets aside is due in its order, is given up, and goes with it")
    void webhookEvents() {
        store(new Change.PutWebhook(setup("hook", WebhookRecords.State.ACTIVE), "begin"));
        WebhookRecords webhooks = journal.webhooks();
        WebhookRecords.Aside late = aside(7, clock.instant().plusSeconds(60));
        WebhookRecords.Aside soon = aside(5, clock.instant());
        WebhookRecords.Aside never = aside(3, null);
        List.of(late, soon, never).forEach(webhooks::put);

        assertThat(webhooks.due("hook", clock.instant(), 9)).containsExactly(soon);
        assertThat(webhooks.aside("hook", 9)).containsExactly(never, soon, late);
        assertThat(webhooks.waiting("hook"))
                .isEqualTo(new WebhookRecords.Waiting(2, clock.instant()));
        assertThat(webhooks.counts()).isEqualTo(Map.of("hook", new WebhookRecords.Counts(2, 1)));
        webhooks.hurry("hook", clock.instant());
        assertThat(webhooks.due("hook", clock.instant(), 9))
                .extracting(WebhookRecords.Aside::position)
                .containsExactly(5L, 7L);
        webhooks.put(
                new WebhookRecords.Aside("hook", soon.event(), 5, 2, Samples.AT, null, "over"));
        webhooks.drop("hook", late.event());
        assertThat(webhooks.counts()).isEqualTo(Map.of("hook", new WebhookRecords.Counts(0, 2)));
        webhooks.forget(Samples.AT);
        assertThat(webhooks.aside("hook", 9)).hasSize(2);

        webhooks.forget(clock.instant().plusSeconds(1));
        assertThat(webhooks.aside("hook", 9)).isEmpty();
        assertThat(webhooks.waiting("hook")).isEqualTo(new WebhookRecords.Waiting(0, null));
        WebhookRecords.Look look = webhooks.look("hook").orElseThrow();
        assertThat(webhooks.looks(look.webhook().holder())).contains(look);
        assertThat(webhooks.looks(4_711)).isEmpty();
        assertThat(look.waiting()).isEqualTo(new WebhookRecords.Waiting(0, null));
        webhooks.put(soon);
        webhooks.put(never);
        store(new Change.PutWebhook(setup("hook", WebhookRecords.State.ACTIVE), "anew"));
        assertThat(webhooks.aside("hook", 9))
                .containsExactly(
                        never,
                        new WebhookRecords.Aside(
                                "hook", soon.event(), 5, 0, Samples.AT, Samples.AT, soon.reason()));
        assertThat(webhooks.look("hook"))
                .contains(
                        new WebhookRecords.Look(
                                webhooks.byId("hook").orElseThrow(),
                                new WebhookRecords.Waiting(1, Samples.AT)));
        store(new Change.RemoveWebhook("hook"));
        assertThat(webhooks.counts()).isEmpty();
        webhooks.put(soon);
        webhooks.forget(Samples.AT);
        assertThat(webhooks.counts()).isEmpty();
    }

    private WebhookRecords.Aside aside(long position, @Nullable Instant notBefore) {
        return new WebhookRecords.Aside(
                "hook",
                Samples.IDS.interaction(),
                position,
                1,
                clock.instant(),
                notBefore,
                "answered 500");
    }

    private static Folds.Kept fold(int timeline, long position, String body) {
        var mark = new Folds.Mark(timeline, position, Samples.AT);
        return new Folds.Kept(mark, Bytes.utf8(body));
    }

    @Test
    @DisplayName("an address or identity is free until it is bound")
    void free() {
        var address = new Expect.AddressFree(Samples.ACCOUNT, "+1");
        var identity = new Expect.IdentityFree("phone", "+1");
        CustomerId id = customer(null);
        var bind =
                Unit.of(
                        List.of(address, identity),
                        List.of(
                                new Change.BindAddress(Samples.ACCOUNT, "+1", "+1", id),
                                new Change.BindIdentity("phone", "+1", id, "x", Samples.AT)));

        assertThat(append(bind)).isInstanceOf(Commit.Done.class);
        assertThat(append(bind)).isEqualTo(new Commit.Stale(0, address));
        assertThat(append(Unit.of(List.of(identity), List.of())))
                .isEqualTo(new Commit.Stale(0, identity));
    }

    @Test
    @DisplayName("the latest consent counts")
    void consent() {
        CustomerId id = customer(null);
        assertThat(consents(id)).isEmpty();
        store(consent(id, true));
        assertThat(consents(id)).containsOnly(Map.entry(id, true));
        store(consent(id, false));
        assertThat(consents(id)).containsOnly(Map.entry(id, false));
        assertThat(journal.customers().consents(id, Samples.ACCOUNT, "+2", "sms")).isEmpty();
        assertThat(journal.customers().consents(id, Samples.ACCOUNT, "+1", "mail")).isEmpty();
    }

    @Test
    @DisplayName("what was said under any of a customer's ids is found under each of them")
    void consentOfMerged() {
        var root = customer(null);
        var left = customer(null);
        var right = customer(null);
        var below = customer(null);
        store(new Change.MergeCustomer(below, right));
        store(new Change.MergeCustomer(left, root));
        store(new Change.MergeCustomer(right, root));
        store(consent(left, false));
        store(consent(below, true));
        store(consent(customer(null), false));

        for (var id : List.of(root, left, right, below)) {
            assertThat(consents(id)).containsOnly(Map.entry(left, false), Map.entry(below, true));
        }
    }

    private Map<CustomerId, Boolean> consents(CustomerId id) {
        return journal.customers().consents(id, Samples.ACCOUNT, "+1", "sms");
    }

    private static Change consent(CustomerId id, boolean granted) {
        return new Change.SetConsent(id, Samples.ACCOUNT, "+1", "sms", granted, Samples.AT);
    }

    @Test
    @DisplayName("plugin state has versions that never repeat, and ends when it is over")
    void pluginState() {
        store(state("cursor", "a", null));
        long first = version("cursor");
        var expected = new Expect.StateVersion(Samples.ACCOUNT, "cursor", first);
        var next = Unit.of(List.of(expected), List.of(state("cursor", "b", null)));
        assertThat(append(next)).isInstanceOf(Commit.Done.class);
        assertThat(append(next)).isEqualTo(new Commit.Stale(0, expected));
        assertThat(journal.pluginState().read(new AccountId("pager-eu"), "cursor")).isEmpty();

        store(state("cursor", null, null));
        assertThat(journal.pluginState().read(Samples.ACCOUNT, "cursor")).isEmpty();
        reopen();
        store(state("cursor", "c", null));
        assertThat(version("cursor")).isGreaterThan(first);

        store(state("cur_", "x", Duration.ofMinutes(5)), state("cur%", "y", null));
        assertThat(list("cur_")).containsExactly("cur_");
        assertThat(list("cur")).containsExactly("cur%", "cur_", "cursor");
        clock.move(Duration.ofMinutes(5));
        assertThat(list("cur")).containsExactly("cur%", "cursor");
        var absent = new Expect.StateVersion(Samples.ACCOUNT, "cur_", 0);
        assertThat(append(Unit.of(List.of(absent), List.of()))).isInstanceOf(Commit.Done.class);
    }

    private static Change state(String key, @Nullable String value, @Nullable Duration lasts) {
        return new Change.PutState(
                Samples.ACCOUNT, key, value == null ? null : Bytes.utf8(value), lasts);
    }

    private long version(String key) {
        return journal.pluginState().read(Samples.ACCOUNT, key).orElseThrow().version();
    }

    private List<String> list(String prefix) {
        return journal.pluginState().list(Samples.ACCOUNT, prefix).stream()
                .map(PluginState.Entry::key)
                .toList();
    }

    @Test
    @DisplayName("accounts are put, changed and removed under growing versions")
    void accounts() {
        var put =
                new Change.PutAccount(
                        Samples.ACCOUNT,
                        Samples.CHANNEL,
                        "{\"from\":\"x\"}",
                        Bytes.utf8("sealed"),
                        true,
                        Samples.AT);
        var absent = new Expect.AccountVersion(Samples.ACCOUNT, 0);
        assertThat(append(Unit.of(List.of(absent), List.of(put)))).isInstanceOf(Commit.Done.class);
        assertThat(append(Unit.of(List.of(absent), List.of(put))))
                .isEqualTo(new Commit.Stale(0, absent));
        Accounts.Account stored = journal.accounts().byId(Samples.ACCOUNT).orElseThrow();
        assertThat(stored)
                .isEqualTo(
                        new Accounts.Account(
                                Samples.ACCOUNT,
                                Samples.CHANNEL,
                                "{\"from\":\"x\"}",
                                Bytes.utf8("sealed"),
                                true,
                                stored.version(),
                                Samples.AT));
        store(put);
        assertThat(journal.accounts().all().getFirst().version()).isGreaterThan(stored.version());
        store(new Change.RemoveAccount(Samples.ACCOUNT));
        assertThat(journal.accounts().all()).isEmpty();
    }

    @Test
    @DisplayName("tokens are found by hash, with their scopes and accounts, also when revoked")
    void tokens() {
        var token =
                new Tokens.Token(
                        "t1",
                        "desk",
                        Bytes.utf8("hash"),
                        Set.of("interactions:read", "interactions:write"),
                        Set.of(Samples.ACCOUNT),
                        Samples.AT,
                        null);
        store(new Change.PutToken(token));
        assertThat(journal.tokens().byHash(Bytes.utf8("hash"))).contains(token);
        assertThat(journal.tokens().byHash(Bytes.utf8("other"))).isEmpty();
        store(new Change.RevokeToken("t1", Samples.AT.plusSeconds(1)));
        store(new Change.RevokeToken("t1", Samples.AT.plusSeconds(2)));
        assertThat(journal.tokens().all())
                .singleElement()
                .satisfies(revoked ->
                        assertThat(revoked.revokedAt()).isEqualTo(Samples.AT.plusSeconds(1)));
    }

    @Test
    @DisplayName("an answer to an idempotency key is kept once")
    void answers() {
        var unused = new Expect.KeyUnused("desk", "k");
        var keep =
                Unit.of(
                        List.of(unused),
                        List.of(
                                new Change.KeepAnswer(
                                        "desk", "k", "print", 202, Bytes.utf8("{}"), Samples.AT)));
        assertThat(append(keep)).isInstanceOf(Commit.Done.class);
        assertThat(append(keep)).isEqualTo(new Commit.Stale(0, unused));
        assertThat(journal.answers().find("desk", "k"))
                .contains(new Answers.Answer("print", 202, Bytes.utf8("{}")));
        assertThat(journal.answers().find("other", "k")).isEmpty();
    }

    @Test
    @DisplayName("a key that is taken gets the answer of the same request, once")
    void begunAnswers() {
        store(answer("print", Answers.BEGUN, "{}"));
        store(answer("other", 200, "other's"));
        assertThat(journal.answers().find("desk", "begun"))
                .contains(new Answers.Answer("print", Answers.BEGUN, Bytes.utf8("{}")));

        store(answer("print", 200, "first"));
        store(answer("print", 200, "second"));
        store(answer("print", Answers.BEGUN, "{}"));

        assertThat(journal.answers().find("desk", "begun"))
                .contains(new Answers.Answer("print", 200, Bytes.utf8("first")));
    }

    private static Change answer(String fingerprint, int status, String body) {
        return new Change.KeepAnswer(
                "desk", "begun", fingerprint, status, Bytes.utf8(body), Samples.AT);
    }

    @Test
    @DisplayName("dead letters are paged, filtered and closed once")
    void deadLetters() {
        for (int i = 0; i < 5; i++) {
            store(
                    new Change.AddDeadLetter(
                            i % 2 == 0 ? Direction.INBOUND : Direction.OUTBOUND,
                            Samples.ACCOUNT,
                            "pager 1.0",
                            "message",
                            Reason.of("bad", "could not be read"),
                            null,
                            Bytes.utf8("payload " + i),
                            Samples.AT));
        }
        DeadLetters letters = journal.deadLetters();
        List<Long> ids = ids(letters.page(DeadLetters.Query.ALL, Long.MAX_VALUE, 9));
        assertThat(ids).hasSize(5).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(
                        ids(
                                letters.page(
                                        DeadLetters.Query.ALL
                                                .of(Set.of(Samples.ACCOUNT))
                                                .only(Direction.OUTBOUND)
                                                .onlyOpen(),
                                        ids.get(1),
                                        9)))
                .containsExactly(ids.get(3));

        var open = new Expect.DeadLetterOpen(ids.getFirst());
        var close =
                Unit.of(
                        List.of(open),
                        List.of(new Change.CloseDeadLetter(ids.getFirst(), true, Samples.AT)));
        assertThat(append(close)).isInstanceOf(Commit.Done.class);
        assertThat(append(close)).isEqualTo(new Commit.Stale(0, open));
        assertThat(letters.open()).isEqualTo(4);
        assertThat(letters.page(DeadLetters.Query.ALL.onlyOpen(), Long.MAX_VALUE, 9)).hasSize(4);
        DeadLetters.DeadLetter closed = letters.byId(ids.getFirst()).orElseThrow();
        assertThat(closed.replayed()).isTrue();
        assertThat(closed.payload().utf8()).isEqualTo("payload 4");
    }

    @Test
    @DisplayName("dead letters are found by what is known of them, and counted")
    void deadLettersFound() {
        var other = AccountId.of("other");
        letter(Samples.ACCOUNT, "message", "bad", 0);
        letter(Samples.ACCOUNT, "receipt", "bad", 10);
        letter(other, "message", "worse", 20);
        DeadLetters letters = journal.deadLetters();
        List<Long> ids = letters.oldest(DeadLetters.Query.ALL, 0, 9);
        assertThat(ids).hasSize(3).isSorted();
        assertThat(letters.newest()).isEqualTo(ids.getLast());

        var all = DeadLetters.Query.ALL;
        assertThat(letters.oldest(all, ids.getFirst(), 1)).containsExactly(ids.get(1));
        assertThat(letters.oldest(all.of(Set.of(other)), 0, 9)).containsExactly(ids.get(2));
        assertThat(letters.count(all.of(Set.of(other, Samples.ACCOUNT)))).isEqualTo(3);
        assertThat(letters.oldest(query("receipt", null, null, null), 0, 9))
                .containsExactly(ids.get(1));
        assertThat(letters.oldest(query(null, "worse", null, null), 0, 9))
                .containsExactly(ids.get(2));
        assertThat(ids(letters.page(query(null, null, 10L, null), Long.MAX_VALUE, 9)))
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(letters.oldest(query(null, null, 10L, 20L), 0, 9)).containsExactly(ids.get(1));
        assertThat(letters.after(ids.getFirst()))
                .containsExactlyInAnyOrder(
                        new DeadLetters.Appeared(Samples.ACCOUNT, Direction.INBOUND, 1, ids.get(1)),
                        new DeadLetters.Appeared(other, Direction.INBOUND, 1, ids.get(2)));
        store(new Change.CloseDeadLetter(ids.get(1), true, Samples.AT));
        assertThat(letters.count(all.onlyOpen())).isEqualTo(2);
        assertThat(letters.oldest(all, 0, 9)).isEqualTo(ids);
    }

    @Test
    @DisplayName(
            "sends that were not made within their time are left out unless they are asked for")
    void withoutExpired() {
        letter(Direction.OUTBOUND, Samples.ACCOUNT, "text", "expired", 0);
        letter(Direction.INBOUND, Samples.ACCOUNT, "message", "expired", 10);
        letter(Direction.OUTBOUND, Samples.ACCOUNT, "text", "bad", 20);
        DeadLetters letters = journal.deadLetters();
        List<Long> ids = letters.oldest(DeadLetters.Query.ALL, 0, 9);
        assertThat(ids).hasSize(3);

        var unasked = DeadLetters.Query.ALL.withoutExpired();
        assertThat(letters.oldest(unasked, 0, 9)).containsExactly(ids.get(1), ids.get(2));
        assertThat(letters.count(unasked.only(Direction.OUTBOUND))).isEqualTo(1);
        var asked = query(null, "expired", null, null).withoutExpired();
        assertThat(letters.oldest(asked, 0, 9)).containsExactly(ids.get(0), ids.get(1));
    }

    private void letter(AccountId account, String kind, String code, int seconds) {
        letter(Direction.INBOUND, account, kind, code, seconds);
    }

    private void letter(
            Direction direction, AccountId account, String kind, String code, int seconds) {
        store(
                new Change.AddDeadLetter(
                        direction,
                        account,
                        "pager 1.0",
                        kind,
                        Reason.of(code, "could not be read"),
                        null,
                        Bytes.utf8("payload"),
                        Samples.AT.plusSeconds(seconds)));
    }

    /// @param since in seconds after the first one came
    private static DeadLetters.Query query(
            @Nullable String kind,
            @Nullable String reason,
            @Nullable Long since,
            @Nullable Long until) {
        return new DeadLetters.Query(
                Set.of(),
                null,
                kind,
                reason,
                since == null ? null : Samples.AT.plusSeconds(since),
                until == null ? null : Samples.AT.plusSeconds(until),
                null,
                true);
    }

    private static List<Long> ids(List<DeadLetters.DeadLetter> letters) {
        return letters.stream().map(DeadLetters.DeadLetter::id).toList();
    }

    @Test
    @DisplayName("who changes what is wanted of plugins notices what others changed meanwhile")
    void pluginsAsRead() {
        var chime =
                new PluginRecords.Wanted(
                        "chime", "1.0", "aa", null, "1.0", null, 0, Samples.AT, "op");
        var none = List.<PluginRecords.Wanted>of();
        assertThat(append(wanting(none, chime))).isInstanceOf(Commit.Done.class);
        assertThat(append(wanting(none, chime))).isInstanceOf(Commit.Stale.class);

        var first = journal.plugins().wanted();
        assertThat(first).containsExactly(chime);
        assertThat(append(wanting(first, chime.watching("bb", 7)))).isInstanceOf(Commit.Done.class);
        assertThat(append(wanting(first, chime.watching("bb", 8))))
                .isInstanceOf(Commit.Stale.class);
        var second = journal.plugins().wanted();
        assertThat(second).containsExactly(chime.watching("bb", 7));
        store(new Change.WantPlugin(chime.watching("bb", 8)));
        assertThat(append(wanting(second, chime))).isInstanceOf(Commit.Stale.class);
        assertThat(append(wanting(journal.plugins().wanted(), chime)))
                .isInstanceOf(Commit.Done.class);
    }

    private static Unit wanting(List<PluginRecords.Wanted> asRead, PluginRecords.Wanted wanted) {
        return Unit.of(
                List.of(new Expect.PluginsAre(asRead)), List.of(new Change.WantPlugin(wanted)));
    }

    @Test
    @DisplayName("keeps what each member says of its plugins, until it has nothing to say")
    void observed() {
        store(observing(1, "chime", "1.0"), observing(2, "chime", null), observing(2, "gong", "3"));
        store(observing(1, "chime", "1.1"));
        reopen();
        assertThat(journal.plugins().observed())
                .extracting(
                        PluginRecords.Observed::member,
                        PluginRecords.Observed::plugin,
                        PluginRecords.Observed::version)
                .containsExactly(
                        tuple(1L, "chime", "1.1"),
                        tuple(2L, "chime", null),
                        tuple(2L, "gong", "3"));

        store(new Change.UnobservePlugin(2, "gong"));
        assertThat(journal.plugins().observed()).hasSize(2);
        store(new Change.UnobservePlugin(2, null));
        assertThat(journal.plugins().observed())
                .extracting(PluginRecords.Observed::member)
                .containsExactly(1L);
    }

    private static Change observing(long member, String plugin, @Nullable String version) {
        return new Change.ObservePlugin(
                new PluginRecords.Observed(
                        member, plugin, version, version, "serving", "", Samples.AT));
    }

    @Test
    @DisplayName("tells what was done after a record, in order")
    void deeds() {
        assertThat(journal.audit().last()).isZero();
        store(new Change.AddAudit("op", "account.add", "a", "", Samples.AT));
        store(new Change.AddAudit("op", "account.remove", "a", "", Samples.AT));

        assertThat(journal.audit().last()).isEqualTo(2);
        assertThat(journal.audit().after(0, 1))
                .containsExactly(new Audit.Deed(1, "account.add", "a"));
        assertThat(journal.audit().after(1, 9))
                .containsExactly(new Audit.Deed(2, "account.remove", "a"));
        assertThat(journal.audit().after(2, 9)).isEmpty();
    }

    @Test
    @DisplayName("the audit is a chain, newest first")
    void audit() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            changes.add(new Change.AddAudit("ann", "did", "thing " + i, "detail", Samples.AT));
        }
        store(changes.toArray(Change[]::new));

        List<Audit.Record> page = journal.audit().page(5, 2);
        assertThat(page).extracting(Audit.Record::target).containsExactly("thing 3", "thing 2");
        assertThat(page).extracting(Audit.Record::hash).doesNotHaveDuplicates();
        assertThat(journal.audit().firstBroken()).isZero();
    }

    @Test
    @DisplayName("the epoch grows, also over a restart")
    void epochs() {
        long first = journal.nextEpoch();
        assertThat(journal.nextEpoch()).isEqualTo(first + 1);
        reopen();
        assertThat(journal.nextEpoch()).isEqualTo(first + 2);
    }

    @Test
    @DisplayName("plugin jars are kept by content and signer, and never changed")
    void artifacts() {
        var one = artifact("a", "key-1", "the bytes");
        store(new Change.AddArtifact(one));
        store(new Change.AddArtifact(artifact("a", "key-1", "other bytes")));
        store(new Change.AddArtifact(artifact("a", "", "unsigned")));
        store(new Change.AddArtifact(artifact("b", "key-1", "another")));

        assertThat(journal.artifacts().bySha256("a"))
                .extracting(each -> each.about().signer(), each -> each.bytes().utf8())
                .containsExactly(tuple("", "unsigned"), tuple("key-1", "the bytes"));
        assertThat(journal.artifacts().bySha256("a").getLast()).isEqualTo(one);
        assertThat(journal.artifacts().all())
                .extracting(PluginArtifacts.About::sha256)
                .containsExactly("a", "a", "b");
        assertThat(journal.artifacts().bySha256("c")).isEmpty();
    }

    private static PluginArtifacts.Artifact artifact(String sha256, String signer, String bytes) {
        return new PluginArtifacts.Artifact(
                new PluginArtifacts.About(
                        sha256, "pager", "1.0.0", "{}", signer, Samples.AT, "operator"),
                Bytes.utf8(bytes));
    }
}
