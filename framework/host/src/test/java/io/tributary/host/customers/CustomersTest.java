package io.tributary.host.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.inbound.Inbox;
import io.tributary.host.inbound.TestAccount;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.Unit;
import io.tributary.host.phones.PhoneNumbers;
import io.tributary.model.AccountId;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.CustomerId;
import io.tributary.model.Identity;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Translates;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CustomersTest {

    private static final Actor AGENT = Actor.agent("ops", null);

    @TempDir Path folder;
    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final InstantSource clock = () -> now;
    private final Translates pager = CustomersTest::translate;
    private final TestAccount account = TestAccount.of(pager);
    private final AtomicInteger forgotten = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    private SqliteJournal journal;
    private Inbox inbox;
    private Merges merges;
    private CustomerViews views;
    private Timeline timeline;

    private static List<Inbound> translate(Arrival arrival) {
        String from = arrival.event().body().utf8();
        return List.of(
                Inbound.of(
                        "5550",
                        Party.of(
                                        from,
                                        Identity.byChannel("phone", from),
                                        Identity.claimed("email", from + "@example.com"))
                                .named("Name of " + from),
                        Content.text("hello from " + from)));
    }

    @BeforeEach
    void open() {
        journal = SqliteJournal.open(folder, JournalOptions.standard().at(clock));
        var ids = TimeOrderedIds.system();
        var meters = new SimpleMeterRegistry();
        var phones = new PhoneNumbers(Map.of(account.id(), "AT"), meters);
        inbox = new Inbox(journal, ids, clock, (_, _) -> {}, meters, phones);
        merges =
                new Merges(
                        journal,
                        ids,
                        clock,
                        () -> {
                            inbox.forget();
                            forgotten.incrementAndGet();
                        });
        views = new CustomerViews(journal, phones);
        timeline = new Timeline(journal);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void showsWhoSomebodyIsAndWhatIsOnlyClaimed() {
        CustomerId one = write("+14155550001");

        var shown = views.find(one, Set.of()).orElseThrow();

        assertThat(shown.customer().name()).isEqualTo("Name of +14155550001");
        assertThat(shown.identities())
                .containsExactlyInAnyOrder(
                        new CustomerViews.Identity("phone", "+14155550001", one, false),
                        new CustomerViews.Identity("email", "+14155550001@example.com", one, true));
        assertThat(shown.addresses()).hasSize(1);
        assertThat(views.find(one, Set.of(account.id()))).isPresent();
        assertThat(views.find(one, Set.of(AccountId.of("other")))).isEmpty();
        assertThat(views.find(TimeOrderedIds.system().customer(), Set.of())).isEmpty();
    }

    @Test
    void identitiesOfAccountsThatAReaderMayNotSeeAreNotShownToHim() {
        CustomerId one = write("+14155550001");
        CustomerId other = write("+14155550002");
        merges.merge(other, one, AGENT, "t");
        var elsewhere = AccountId.of("elsewhere");
        bind(elsewhere, "chat-2", other);

        assertThat(values(views.find(one, Set.of())))
                .containsExactlyInAnyOrder(
                        "+14155550001",
                        "+14155550001@example.com",
                        "+14155550002",
                        "+14155550002@example.com");
        assertThat(values(views.find(one, Set.of(account.id()))))
                .as("nobody knows on which of two accounts the second one gave an e-mail address")
                .containsExactlyInAnyOrder(
                        "+14155550001", "+14155550001@example.com", "+14155550002");
        assertThat(values(views.find(one, Set.of(elsewhere)))).isEmpty();
        assertThat(values(views.find(one, Set.of(account.id(), elsewhere)))).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+43 660 1234567", "0660 1234567", "tel:+436601234567"})
    @DisplayName(
            "a number is shown to whoever may see an address that is the same, written otherwise")
    void aNumberIsShownHoweverItsAddressIsWritten(String address) {
        CustomerId one = write(address);
        bind(AccountId.of("elsewhere"), "chat-2", one);

        assertThat(values(views.find(one, Set.of(account.id())))).containsExactly("+436601234567");
    }

    private void bind(AccountId where, String address, CustomerId customer) {
        journal.append(Unit.of(new Change.BindAddress(where, address, address, customer)))
                .join()
                .need();
    }

    private static List<String> values(Optional<CustomerViews.Customer> customer) {
        return customer.orElseThrow().identities().stream()
                .map(CustomerViews.Identity::value)
                .toList();
    }

    @Test
    void aMergeJoinsOnReadAndCanBeUndone() {
        CustomerId one = write("+14155550001");
        CustomerId other = write("+14155550002");

        assertThat(merges.merge(one, other, AGENT, "token-1"))
                .isInstanceOf(Merges.Result.Done.class);

        var shown = views.find(one, Set.of()).orElseThrow();
        assertThat(shown.customer().id()).isEqualTo(other);
        assertThat(shown.ids()).containsExactlyInAnyOrder(one, other);
        assertThat(shown.addresses()).hasSize(2);
        assertThat(views.conversations(other, Set.of(), Long.MAX_VALUE, 10)).hasSize(2);
        assertThat(types()).containsExactly("text", "text", "changed");
        assertThat(forgotten).hasValue(1);
        assertThat(merges.merge(one, other, AGENT, "token-1"))
                .isInstanceOf(Merges.Result.Nothing.class);
        assertThat(journal.audit().page(Long.MAX_VALUE, 10).getFirst().action())
                .isEqualTo("customer.merge");

        assertThat(merges.unmerge(one, AGENT, "token-1")).isInstanceOf(Merges.Result.Done.class);

        var parted = views.find(one, Set.of()).orElseThrow();
        assertThat(parted.customer().id()).isEqualTo(one);
        assertThat(parted.identities())
                .as("what people decided is nothing that one is known by")
                .extracting(CustomerViews.Identity::type)
                .containsExactlyInAnyOrder("phone", "email");
        assertThat(views.conversations(other, Set.of(), Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(merges.unmerge(one, AGENT, "token-1")).isInstanceOf(Merges.Result.Nothing.class);
    }

    @Test
    void nobodyCanBeMergedWithNobody() {
        CustomerId one = write("+14155550001");
        CustomerId nobody = TimeOrderedIds.system().customer();

        assertThat(merges.merge(one, nobody, AGENT, "t"))
                .isEqualTo(new Merges.Result.Unknown(nobody));
        assertThat(merges.merge(nobody, one, AGENT, "t"))
                .isEqualTo(new Merges.Result.Unknown(nobody));
        assertThat(merges.merge(one, one, AGENT, "t")).isInstanceOf(Merges.Result.Nothing.class);
    }

    @Test
    void theTimelineRunsOverAllConversationsByTimeAndPageByPage() {
        CustomerId one = write("+14155550001");
        CustomerId other = write("+14155550002");
        for (int i = 0; i < 60; i++) {
            later();
            write(i % 2 == 0 ? "+14155550001" : "+14155550002");
        }
        Instant early = now.minus(Duration.ofSeconds(150));
        Instant last = now;
        now = early;
        write("+14155550001");
        now = last;
        merges.merge(one, other, AGENT, "t");

        List<Row> all = pages(other, 7);

        assertThat(all).hasSize(63 + 1);
        assertThat(all).doesNotHaveDuplicates();
        assertThat(all)
                .isSortedAccordingTo(
                        (left, right) -> right.receivedAt().compareTo(left.receivedAt()));
        assertThat(pages(one, 1000)).isEqualTo(all);
    }

    @Test
    void aPlaceThatNoPageGaveIsRefused() {
        CustomerId one = write("+14155550001");

        assertThat(timeline.page(one, Set.of(), "junk", 5)).isEmpty();
        assertThat(timeline.page(one, Set.of(), "%%%", 5)).isEmpty();
    }

    private List<Row> pages(CustomerId customer, int limit) {
        var all = new ArrayList<Row>();
        String after = null;
        do {
            Timeline.Page page = timeline.page(customer, Set.of(), after, limit).orElseThrow();
            all.addAll(page.rows());
            after = page.next();
        } while (after != null);
        return all;
    }

    private void later() {
        now = now.plusSeconds(10);
    }

    private List<String> types() {
        return journal.log().after(0, Filter.ALL, 100).rows().stream().map(Row::type).toList();
    }

    private CustomerId write(String from) {
        var event = RawEvent.of("page", Bytes.utf8(from), Dedupe.key("k" + keys.incrementAndGet()));
        inbox.deliver(account, pager, null, Delivery.of(event)).join();
        return Objects.requireNonNull(
                journal.log().at(journal.log().head()).orElseThrow().customer());
    }
}
