package io.tributary.host.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import io.tributary.host.journal.WebhookRecords.Webhook;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("of several members with one database")
@Timeout(180)
final class DeliveriesOfMembersIT {

    private static final int HOOKS = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path folder;

    private final PostgresAddress database = TestServer.database();
    private final List<Scene> members = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // before each test
    private Receiver app;

    @BeforeEach
    void open() throws Exception {
        app = new Receiver();
    }

    @AfterEach
    void close() throws Exception {
        members.forEach(Scene::close);
        app.close();
        TestServer.drop(database);
    }

    private Scene member() throws Exception {
        var scene =
                new Scene(
                        TestServer.member(database, InstantSource.system()),
                        folder,
                        new Deliveries.Member(members.size() + 1L, true));
        members.add(scene);
        return scene;
    }

    private void hooks(Scene at) {
        for (int i = 0; i < HOOKS; i++) {
            at.create(app.url("/" + i));
        }
    }

    private boolean allDelivered(Scene as) {
        return as.webhooks.list(Scene.OPERATOR).stream()
                .allMatch(view -> view.lag().orElse(-1) == 0);
    }

    private static Set<Long> holders(Scene as) {
        return as.journal.webhooks().all().stream()
                .map(Webhook::holder)
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("each event goes to each webhook once and in order, whoever took it")
    void once() throws Exception {
        Scene one = member();
        Scene other = member();
        hooks(one);
        for (int i = 0; i < 30; i++) {
            (i % 2 == 0 ? one : other).say("message " + i);
        }

        one.await(() -> !holders(one).contains(0L) && allDelivered(one));

        assertThat(app.posts).hasSize(HOOKS * 30);
        List<String> all = IntStream.range(0, 30).mapToObj(i -> "message " + i).toList();
        for (int i = 0; i < HOOKS; i++) {
            String path = "/" + i;
            assertThat(
                            app.posts.stream()
                                    .filter(post -> post.path().equals(path))
                                    .map(Receiver.Post::text))
                    .containsExactlyElementsOf(all);
        }
    }

    @Test
    @DisplayName("another takes the webhooks of one that died, and goes on where that one was")
    void takenOver() throws Exception {
        Scene dying = member();
        hooks(dying);
        dying.say("first");
        dying.await(() -> app.posts.size() == HOOKS && allDelivered(dying));
        assertThat(holders(dying)).containsExactly(1L);
        Scene heir = member();

        dying.die();
        members.remove(dying);
        heir.say("second");
        // as if a minute had passed
        TestServer.tamper(database, "update webhook set held_until = 0");

        heir.await(() -> app.posts.size() == 2 * HOOKS && allDelivered(heir));
        assertThat(holders(heir)).containsExactly(2L);
        assertThat(app.texts().subList(HOOKS, 2 * HOOKS)).containsOnly("second");
    }
}
