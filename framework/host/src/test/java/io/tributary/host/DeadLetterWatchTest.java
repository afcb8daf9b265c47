package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Direction;
import io.tributary.model.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("a word about new dead letters")
final class DeadLetterWatchTest {

    private static final Logger LOG =
            (Logger) LoggerFactory.getLogger(DeadLetterWatch.class.getName());

    @TempDir Path folder = Path.of("");

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private Journal journal;

    @BeforeEach
    void open() {
        journal = SqliteJournal.open(folder, JournalOptions.standard());
        said.start();
        LOG.addAppender(said);
    }

    @AfterEach
    void close() {
        LOG.detachAppender(said);
        journal.close();
    }

    private void add(String account) {
        journal.append(
                        Unit.of(
                                new Change.AddDeadLetter(
                                        Direction.INBOUND,
                                        AccountId.of(account),
                                        "pager 1.0",
                                        "page",
                                        Reason.of("secret-code", "my secret words"),
                                        null,
                                        Bytes.utf8("my secret payload"),
                                        Instant.now())))
                .join()
                .need();
    }

    private List<String> said() {
        return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    @DisplayName("says how many there are and where, once, and nothing of what is in them")
    void saysHowMany() {
        var watch = new DeadLetterWatch(journal.deadLetters());
        watch.run();
        assertThat(said()).isEmpty();

        add("shop");
        add("shop");
        watch.run();
        watch.run();

        assertThat(said()).hasSize(1);
        assertThat(said().getFirst())
                .startsWith("2 new dead letters")
                .contains("shop")
                .doesNotContain("secret");
    }

    @Test
    @DisplayName("says once how many were open at the start")
    void saysWhatIsOpen() {
        add("old");
        add("old");
        var watch = new DeadLetterWatch(journal.deadLetters());

        watch.run();
        watch.run();

        assertThat(said()).hasSize(1);
        assertThat(said().getFirst())
                .startsWith("2 dead letters were open")
                .doesNotContain("secret");
    }

    @Test
    @DisplayName("takes few lines, however many accounts there are")
    void fewLines() {
        var watch = new DeadLetterWatch(journal.deadLetters());
        for (int i = 0; i < 30; i++) {
            add("shop-" + i);
        }

        watch.run();

        assertThat(said()).hasSize(11);
        assertThat(said().getLast()).contains("20 more accounts");
    }
}
