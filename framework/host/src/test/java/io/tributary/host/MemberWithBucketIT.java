package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.objects.BucketAddress;
import io.tributary.host.objects.Listing;
import io.tributary.host.objects.StoreServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("a member whose media are in a bucket")
final class MemberWithBucketIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder = Path.of("");

    private StoreServer store = null;
    private BucketAddress address = null;

    @BeforeEach
    void start() throws Exception {
        store = new StoreServer();
        address = store.address();
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    private Map<String, String> environment(String secret) {
        return Map.of(
                "TRIBUTARY_MEDIA_S3_ENDPOINT",
                address.endpoint().toString(),
                "TRIBUTARY_MEDIA_S3_BUCKET",
                address.bucket(),
                "TRIBUTARY_MEDIA_S3_PREFIX",
                address.prefix(),
                "TRIBUTARY_MEDIA_S3_ACCESS_KEY",
                address.credentials().id(),
                "TRIBUTARY_MEDIA_S3_SECRET_KEY",
                secret);
    }

    private BuzzerMember member() throws Exception {
        return BuzzerMember.start(folder, environment(address.credentials().secret()));
    }

    private List<String> keys() {
        try (var bucket = store.bucket()) {
            return bucket.list(null, 1_000).entries().stream()
                    .map(Listing.Entry::key)
                    .filter(each -> !each.endsWith("checkup"))
                    .toList();
        }
    }

    private static JsonNode read(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> file(BuzzerMember member, String media) throws Exception {
        String link = read(member.send("GET", "/v1/media/" + media, null)).path("link").asString();
        URI here = member.pages().resolve(URI.create(link).getPath());
        return member.http().send(HttpRequest.newBuilder(here).build(), BodyHandlers.ofString());
    }

    @Test
    @DisplayName("puts them there below its log's folder, and has them again when its own is lost")
    void outlivesTheDisk() throws Exception {
        JsonNode kept;
        try (BuzzerMember member = member()) {
            member.account("door", "buzzer", "");
            kept = read(member.send("POST", "/v1/media?account=door", "hello file"));
        }
        String id = kept.path("id").asString();

        assertThat(keys())
                .singleElement()
                .asString()
                .matches("[0-9a-f]{16}/" + id + "/" + kept.path("sha256").asString());
        try (var files = Files.walk(folder.resolve("data/media"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        try (BuzzerMember again = member()) {
            assertThat(file(again, id).body()).isEqualTo("hello file");
        }
    }

    @Test
    @DisplayName("refuses files while it is away, names it to nobody, and serves what it has")
    void away() throws Exception {
        try (BuzzerMember member = member()) {
            member.account("door", "buzzer", "");
            JsonNode kept = read(member.send("POST", "/v1/media?account=door", "hello file"));
            JsonNode gone = read(member.send("POST", "/v1/media?account=door", "another"));
            String lost = gone.path("id").asString();
            Files.delete(
                    folder.resolve("data/media/by-id")
                            .resolve(lost.substring(lost.length() - 2))
                            .resolve(lost));
            store.close();

            var refused = member.send("POST", "/v1/media?account=door", "now");
            var unread = file(member, lost);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            assertThat(unread.statusCode()).isEqualTo(503);
            assertThat(refused.body() + unread.body())
                    .doesNotContain(address.bucket(), address.endpoint().getAuthority());
            assertThat(file(member, kept.path("id").asString()).body()).isEqualTo("hello file");
            assertThat(member.send("GET", "/health/ready", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("is told by its checkup whether the bucket takes them, without the key's secret")
    void checkup() throws Exception {
        assertThat(media("s3cr3t/of+test"))
                .satisfies(each -> {
                    assertThat(each.good()).as(each.text()).isTrue();
                    assertThat(each.text()).contains(address.bucket());
                });
        assertThat(media("guessed"))
                .satisfies(each -> {
                    assertThat(each.good()).isFalse();
                    assertThat(each.text())
                            .contains("403 SignatureDoesNotMatch")
                            .doesNotContain("guessed");
                });
        assertThat(keys()).isEmpty();
    }

    private Checkup.Finding media(String secret) throws Exception {
        Map<String, String> all = new HashMap<>(BuzzerMember.environment(folder, Map.of()));
        all.putAll(environment(secret));
        Checkup checkup = Checkup.of(null, null, all);
        assertThat(checkup.settings().toString()).doesNotContain(secret);
        return checkup.findings().stream()
                .filter(each -> each.about().equals("media"))
                .findFirst()
                .orElseThrow();
    }
}
