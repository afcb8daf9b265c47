package com.example.showroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Json;
import io.tributary.spi.Trouble;
import io.tributary.testkit.FakeHost;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a showroom's account")
final class ShowroomAccountTest {

    private final ShowroomAccount account =
            new ShowroomAccount(new FakeHost().context(Headset.SETTINGS));

    @Test
    @DisplayName("pairs a headset with a pass that lets it in, and the address of its page")
    void pairs() throws Exception {
        var paired =
                FlatObject.read(
                        account.perform("pair-headset", Json.of("{\"headset\":\"hall-1\"}"))
                                .text());

        assertThat(paired.need("pass", 200)).isEqualTo(Headset.pass("hall-1"));
        assertThat(paired.need("page", 500))
                .endsWith("/pages/headset.html#" + Headset.pass("hall-1"));
        assertThatThrownBy(
                        () ->
                                account.perform(
                                        "pair-headset", Json.of("{\"headset\":\"Hall 1\"}")))
                .isInstanceOf(Trouble.class);
    }

    @Test
    @DisplayName("serves a page that knows where to connect, and nothing that is not there")
    void pages() {
        var page = account.page("headset.html", Map.of());

        assertThat(page).isNotNull();
        assertThat(page.type()).isEqualTo("text/html; charset=utf-8");
        assertThat(page.body().utf8())
                .contains("data-door=\"" + FakeHost.PUBLIC)
                .doesNotContain("{{");
        assertThat(account.page("headset.js", Map.of())).isNotNull();
        assertThat(account.page("headset.css", Map.of())).isNotNull();
        assertThat(account.page("icon.svg", Map.of())).isNotNull();
        assertThat(account.page("settings.json", Map.of())).isNull();
        assertThat(account.page("", Map.of())).isNull();
    }
}
