package io.tributary.social.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.model.Bytes;
import io.tributary.spi.Malformed;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {

    @Test
    @DisplayName("a batch of 1,000 updates becomes 1,000 events, each the bytes that came")
    void batch() {
        var texts = IntStream.range(0, 1_000).mapToObj(i -> "text " + i + " \\u00e4").toList();

        var updates = split(Sample.texts("batch", texts));

        assertThat(updates).hasSize(1_000);
        for (int i = 0; i < texts.size(); i++) {
            var update = updates.get(i);
            assertThat(update.head("id")).isEqualTo("wamid.batch" + i);
            assertThat(update.body().utf8())
                    .startsWith("{\"from\":\"16505551234\"")
                    .endsWith("\"text\":{\"body\":\"text " + i + " \\u00e4\"}}");
            assertThat(update.notes())
                    .containsEntry(Update.LINE, Sample.NUMBER)
                    .containsEntry(Update.FIELD, "messages")
                    .containsEntry(Update.OBJECT, "whatsapp_business_account")
                    .containsEntry(
                            Update.CONTACT,
                            "{\"profile\":{\"name\":\"Sheena\"},\"wa_id\":\"16505551234\"}");
        }
    }

    @Test
    @DisplayName("an update keeps its line and kind in whatever order the members stand")
    void anyOrder() {
        var updates =
                split(
                        """
                        {"entry":[{"changes":[{"field":"messages","value":{
                          "statuses":[{"status":"sent","id":"a"}],
                          "messages":[{"id":"b","from":"2"},{"id":"c","from":"1"}],
                          "contacts":[{"wa_id":"1"},{"wa_id":"2"}],
                          "metadata":{"phone_number_id":"7"}}}],"id":"9"}],
                         "object":"whatsapp_business_account"}\
                        """);

        assertThat(updates)
                .extracting(Update::kind)
                .containsExactly(Update.STATUS, Update.MESSAGE, Update.MESSAGE);
        assertThat(updates)
                .allSatisfy(update ->
                        assertThat(update.notes())
                                .containsEntry(Update.LINE, "7")
                                .containsEntry(Update.OBJECT, "whatsapp_business_account"));
        assertThat(updates.get(1).notes()).containsEntry(Update.CONTACT, "{\"wa_id\":\"2\"}");
        assertThat(updates.get(2).notes()).containsEntry(Update.CONTACT, "{\"wa_id\":\"1\"}");
    }

    @Test
    @DisplayName("events of a page know their page, and whether another app answers them")
    void pages() {
        var updates =
                split(
                        """
                        {"object":"page","entry":[{"messaging":[{"sender":{"id":"1"}}],
                        "standby":[{"sender":{"id":"2"}}],"id":"77"}]}\
                        """);

        assertThat(updates).hasSize(2);
        assertThat(updates)
                .allSatisfy(update -> assertThat(update.notes()).containsEntry(Update.LINE, "77"));
        assertThat(updates.getFirst().notes()).doesNotContainKey(Update.STANDBY);
        assertThat(updates.getLast().notes()).containsKey(Update.STANDBY);
    }

    @Test
    @DisplayName("lists that did not exist when this was written are kept beside those that did")
    void nothingIsDropped() {
        var updates =
                split(
                        """
                        {"object":"whatsapp_business_account","entry":[{"id":"9","signals":[{"x":1}],
                        "changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"7"},
                        "messages":[{"id":"b"}],"holograms":[{"id":"h"}]}},
                        {"field":"odd","value":"text"}]}]}\
                        """);

        assertThat(updates)
                .extracting(Update::kind)
                .containsExactly(Update.CHANGE, Update.MESSAGE, Update.CHANGE, Update.CHANGE);
        assertThat(updates.getFirst().body().utf8()).isEqualTo("[{\"x\":1}]");
        assertThat(updates.get(2).body().utf8()).isEqualTo("[{\"id\":\"h\"}]");
        assertThat(updates.get(2).notes()).containsEntry(Update.FIELD, "holograms");
        assertThat(updates.getLast().body().utf8()).isEqualTo("\"text\"");
    }

    @Test
    @DisplayName("a contact whose id speaks against it is not the sender's")
    void strangers() {
        assertThat(contactOf("{\"from\":\"16505551234\"}", "{\"wa_id\":\"436601\"}")).isFalse();
        assertThat(contactOf("{\"from\":\"16505551234\"}", "{\"wa_id\":\"16505559999\"}"))
                .isFalse();
        assertThat(contactOf("{\"from\":\"US.1\"}", "{\"user_id\":\"US.2\",\"wa_id\":\"165\"}"))
                .isFalse();
        assertThat(contactOf("{\"from_user_id\":\"US.1\",\"id\":\"m\"}", "{\"user_id\":\"US.2\"}"))
                .isFalse();
        assertThat(contactOf("{\"from\":\"525512345678\"}", "{\"wa_id\":\"5215512345678\"}"))
                .as("the same number in its old form")
                .isTrue();
        assertThat(contactOf("{\"from\":\"16505551234\"}", "{\"user_id\":\"US.2\"}"))
                .as("nothing speaks against it")
                .isTrue();
    }

    private static boolean contactOf(String message, String contact) {
        var updates =
                split(
                        """
                        {"object":"whatsapp_business_account","entry":[{"id":"9","changes":[{
                        "value":{"contacts":[%s],"messages":[%s]},"field":"messages"}]}]}\
                        """
                                .formatted(contact, message));
        return updates.getFirst().notes().containsKey(Update.CONTACT);
    }

    @Test
    @DisplayName("what follows the history in the form of messages is history, in any order")
    void history() {
        var value = "{\"metadata\":{\"phone_number_id\":\"7\"},\"messages\":[{\"id\":\"a\"}]}";
        for (var change :
                List.of(
                        "{\"field\":\"history\",\"value\":" + value + "}",
                        "{\"value\":" + value + ",\"field\":\"history\"}")) {
            assertThat(split("{\"entry\":[{\"id\":\"9\",\"changes\":[" + change + "]}]}"))
                    .extracting(Update::kind)
                    .containsExactly(Update.HISTORY);
        }
    }

    @Test
    @DisplayName("what is larger than an event may be is told, and harms no neighbour")
    void tooLarge() {
        var huge = "x".repeat(1_100_000);

        var updates = split(Sample.texts("huge", List.of("before", huge, "after")));

        assertThat(updates)
                .extracting(Update::kind)
                .containsExactly(Update.MESSAGE, Update.TOO_LARGE, Update.MESSAGE);
        assertThat(Integer.parseInt(updates.get(1).notes().get(Update.SIZE)))
                .isGreaterThan(1_100_000);
    }

    @Test
    @DisplayName("a webhook of another form is kept whole")
    void otherForm() {
        assertThat(split("{\"hello\":[1,{\"a\":[]}]}"))
                .singleElement()
                .satisfies(update -> {
                    assertThat(update.kind()).isEqualTo(Update.UNKNOWN);
                    assertThat(update.body().utf8()).isEqualTo("{\"hello\":[1,{\"a\":[]}]}");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "{",
                "{}{}",
                "{\"entry\":[",
                "{\"entry\":[{\"changes\":[{\"value\":{\"messages\":[{\"id\":\"a\"",
                "{\"a\":tru}",
                "{'a':1}",
                "{\"entry\":[{\"messaging\":[nul]}]}"
            })
    @DisplayName("what is no JSON object is malformed, and is not quoted")
    void malformed(String body) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> split(body))
                .withMessage("no JSON, or more of it than Meta sends");
    }

    @Test
    @DisplayName("depth is bounded")
    void deep() {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> split("{\"entry\":" + "[".repeat(100_000)));
    }

    private static List<Update> split(String body) {
        return Splitter.split(Bytes.utf8(body));
    }
}
