package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Kills a member while a version of a plugin is tried: the one that tries it, and another one.
final class RolloutKillIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ROLLOUT = "/admin/v1/plugins/sms-twilio/rollout";
    private static final int CANARY = 0;
    private static final int OTHER = 1;
    private static final int WITNESS = 2;

    @TempDir Path folder;

    @Test
    @DisplayName(
            "whoever is killed while a version is tried, all members come to one version, and nothing is lost")
    void converges() throws Exception {
        Versions versions =
                Versions.of(Places.launch(folder), folder.resolve("versions"), "sms-twilio");
        Path first = versions.jar("1.1.0");
        Path second = versions.jar("1.2.0");
        try (Database database = Database.start(folder);
                Handset handset = Handset.open();
                Besieged besieged =
                        Besieged.begin(
                                database,
                                handset,
                                Fleet.over(database, folder)
                                        .with(
                                                "TRIBUTARY_PLUGINS_TRUST",
                                                versions.trust().toString())
                                        .with("TRIBUTARY_PLUGINS_WATCH", "15s"),
                                folder)) {
            Members members = besieged.members();
            String before = wanted(members.number(WITNESS));

            tries(members, first);
            members.kill(CANARY);
            settled(members.number(WITNESS), before, Fleet.MEMBERS - 1);
            besieged.served(300);
            members.start(CANARY);
            settled(members.number(WITNESS), before, Fleet.MEMBERS);
            besieged.answered(20);

            tries(members, second);
            members.kill(OTHER);
            besieged.served(300);
            assertThat(rollout(members.number(WITNESS)).path("state").asString())
                    .as("the version is still tried")
                    .isEqualTo("watching");
            members.start(OTHER);
            settled(members.number(WITNESS), "1.2.0", Fleet.MEMBERS);
            besieged.served(300);
            besieged.answered(20);
            besieged.end("killed while a version is tried");
        }
    }

    /// One member takes the upload, and all see that it tries the version.
    private static void tries(Members members, Path jar) throws Exception {
        members.number(CANARY)
                .change(
                        "POST",
                        "/admin/v1/plugins",
                        "application/java-archive",
                        BodyPublishers.ofFile(jar));
        await().atMost(PATIENCE)
                .until(() ->
                        rollout(members.number(WITNESS))
                                .path("state")
                                .asString()
                                .equals("watching"));
    }

    /// All who run serve it, and none tries another.
    private static void settled(Member witness, String version, int members) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonNode rollout = rollout(witness);
                    assertThat(rollout.path("state").asString()).isEqualTo("converged");
                    assertThat(rollout.path("wanted").path("version").asString())
                            .isEqualTo(version);
                    assertThat(
                                    rollout.path("members")
                                            .valueStream()
                                            .filter(each ->
                                                    each.path("version")
                                                                    .asString("")
                                                                    .equals(version)
                                                            && each.path("state")
                                                                    .asString("")
                                                                    .equals("serving"))
                                            .count())
                            .isEqualTo(members);
                });
    }

    private static String wanted(Member member) throws Exception {
        return rollout(member).path("wanted").path("version").asString();
    }

    private static JsonNode rollout(Member member) throws Exception {
        return member.json(ROLLOUT);
    }
}
