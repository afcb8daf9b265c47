package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("what a channel lets operators do")
final class ActionsIT {

    private static final String ACTIONS = "/admin/v1/accounts/shop/actions";

    @TempDir Path folder = Path.of("");

    private BuzzerMember member = null;

    @BeforeEach
    void start() throws Exception {
        member = BuzzerMember.start(folder);
        member.account("shop", "buzzer", "");
        member.account("tower", "buzzer", "\"tower\": 1");
    }

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    @DisplayName("is listed with its schema, checked before the channel is asked, and done")
    void done() {
        var list = member.send("GET", ACTIONS, null);
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body()).contains("\"name\":\"ring\"", "\"required\":[\"room\"]");
        assertThat(member.send("GET", "/admin/v1/accounts/tower/actions", null).body())
                .isEqualTo("{\"items\":[]}");

        var done = ring("{\"input\": {\"room\": \"hall\"}}");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(done.body()).isEqualTo("{\"result\":{\"ring\":{\"room\":\"hall\"}}}");

        var missing = ring("{}");
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(missing.body()).contains("\"pointer\":\"/input/room\"");
        var unknown = ring("{\"input\": {\"room\": \"hall\", \"loud\": 1}}");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("\"pointer\":\"/input/loud\"");
        assertThat(member.send("POST", ACTIONS + "/sing", "{}").statusCode()).isEqualTo(404);
        assertThat(member.send("GET", "/admin/v1/accounts/nobody/actions", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName(
            "is refused for reasons that are told apart; what was begun is in the audit, what was entered is not")
    void refused() {
        var never = ring("{\"input\": {\"room\": \"cellar\"}}");
        assertThat(never.statusCode()).isEqualTo(422);
        assertThat(never.body()).contains("no-room: there is no cellar");

        var later = ring("{\"input\": {\"room\": \"attic\"}}");
        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("retry-after")).hasValue("30");

        assertThat(ring("{\"input\": {\"room\": \"garden\"}}").statusCode()).isEqualTo(500);
        assertThat(member.send("GET", "/admin/v1/audit", null).body())
                .contains("\"action\":\"account.action\",\"target\":\"shop\",\"detail\":\"ring\"")
                .doesNotContain("cellar");
    }

    private HttpResponse<String> ring(String body) {
        return member.send("POST", ACTIONS + "/ring", body);
    }
}
