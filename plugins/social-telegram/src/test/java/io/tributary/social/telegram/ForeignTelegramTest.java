package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Part;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whether the channel gets on with a Telegram that this project did not write.
///
/// The system property `tributary.peers` names the folder in whose `node_modules` it is. Without it
/// the test is skipped; a folder that lacks it is a mistake. It knows texts, buttons and edits, no
/// files, and forgets updates when it has told them once.
class ForeignTelegramTest {

    private ForeignTelegram telegram;
    private FakeHost host;
    private HostedAccount account;

    @BeforeEach
    void start() throws Exception {
        var folder = System.getProperty("tributary.peers", "");
        Assumptions.assumeFalse(
                folder.isEmpty(), "-Dtributary.peers names no folder with telegram-test-api");
        Assertions.assertTrue(
                Files.isDirectory(Path.of(folder, "node_modules", "telegram-test-api")),
                "telegram-test-api is not in the folder that -Dtributary.peers names: " + folder);
        telegram = ForeignTelegram.start(Path.of(folder));
        host = new FakeHost();
        account = host.open(new TelegramChannel(), Sample.settings(telegram.uri()));
    }

    @AfterEach
    void close() {
        if (telegram != null) {
            account.close();
            host.close();
            telegram.close();
        }
    }

    @Test
    @DisplayName("texts and pressed buttons come, texts and buttons go")
    void talks() throws Exception {
        account.connect();
        telegram.post(
                "/sendMessage",
                """
                {"botToken":"%s","from":{"id":1111111,"first_name":"Test","is_bot":false},\
                "chat":{"id":1111111,"first_name":"Test","type":"private"},"date":1441645532,\
                "text":"Is it open?"}\
                """
                        .formatted(Sample.TOKEN));
        await().until(() -> host.stored().size() == 1);
        assertThat(host.stored().getFirst().inbound().content())
                .isEqualTo(Content.text("Is it open?"));

        var asked = account.send(Sample.message(Content.choices("When?", Choice.of("n", "Now"))));
        assertThat(asked).isInstanceOf(SendResult.Accepted.class);
        var changed = new Content.Edited(Part.of(Content.text("Come in")));
        var id = asked.sent().getFirst().externalId();
        var result = account.send(Sample.message(changed).target(Sample.earlier(id)));
        assertThat(result).isInstanceOf(SendResult.Accepted.class);

        telegram.post(
                "/sendCallback",
                """
                {"botToken":"%s","from":{"id":1111111,"first_name":"Test","is_bot":false},\
                "message":{"message_id":2,"date":1441645533,\
                "chat":{"id":1111111,"first_name":"Test","type":"private"},\
                "reply_markup":{"inline_keyboard":[[{"text":"Now","callback_data":"n"}]]}},"data":"n"}\
                """
                        .formatted(Sample.TOKEN));
        await().until(() -> host.stored().size() == 2);
        assertThat(host.stored().getLast().inbound().content())
                .isEqualTo(new Content.ChoiceMade("n", "Now"));

        var history = telegram.post("/getUpdatesHistory", "{\"token\":\"" + Sample.TOKEN + "\"}");
        assertThat(history.toString()).contains("Come in").contains("inline_keyboard");
    }

    @Test
    @DisplayName("what it does not know is refused and never taken for a success")
    void refuses() throws Exception {
        var result = account.send(Sample.message(Content.location(1, 2)));

        assertThat(result).isNotInstanceOf(SendResult.Accepted.class);
        assertThat(((ChecksHealth) account.account()).check().text()).isNotBlank();
    }
}
