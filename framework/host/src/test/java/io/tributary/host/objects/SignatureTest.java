package io.tributary.host.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.objects.BucketAddress.Style;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples of Amazon S3 API Reference, "Signature Calculations for the Authorization Header:
/// Transferring Payload in a Single Chunk".
final class SignatureTest {

    private static final Instant AT = Instant.parse("2013-05-24T00:00:00Z");

    private final BucketAddress address = address("https://s3.amazonaws.com", Style.HOST, "");
    private final Signature signature = new Signature(address.credentials(), address.region());

    private static BucketAddress address(String endpoint, Style style, String prefix) {
        return new BucketAddress(
                URI.create(endpoint),
                "us-east-1",
                "examplebucket",
                prefix,
                style,
                new BucketAddress.Credentials(
                        "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    }

    private String signed(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            String sha256) {
        var all = new TreeMap<>(headers);
        all.put("host", address.host());
        String authorization =
                signature
                        .signed(
                                new Signature.Request(
                                        method, path, new TreeMap<>(query), all, sha256),
                                AT)
                        .get("authorization");
        return String.valueOf(authorization);
    }

    @Test
    @DisplayName("signs the reference's GET of a part of an object")
    void get() {
        assertThat(
                        signed(
                                "GET",
                                address.path("test.txt"),
                                Map.of(),
                                Map.of("range", "bytes=0-9"),
                                Signature.NOTHING))
                .isEqualTo(
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                                + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    @DisplayName("signs the reference's PUT of an object")
    void put() {
        assertThat(
                        signed(
                                "PUT",
                                address.path("test$file.text"),
                                Map.of(),
                                Map.of(
                                        "date",
                                        "Fri, 24 May 2013 00:00:00 GMT",
                                        "x-amz-storage-class",
                                        "REDUCED_REDUNDANCY"),
                                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"))
                .endsWith("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    @DisplayName("signs the reference's listing of a bucket")
    void list() {
        assertThat(
                        signed(
                                "GET",
                                address.path(),
                                Map.of("prefix", "J", "max-keys", "2"),
                                Map.of(),
                                Signature.NOTHING))
                .endsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    @DisplayName("signs the reference's question for a bucket's lifecycle, a query without value")
    void lifecycle() {
        assertThat(
                        signed(
                                "GET",
                                address.path(),
                                Map.of("lifecycle", ""),
                                Map.of(),
                                Signature.NOTHING))
                .endsWith("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    @DisplayName("names the bucket in the path or before the host, and ports that are not usual")
    void styles() {
        var path = address("http://127.0.0.1:9000", Style.PATH, "a/");
        var host = address("https://store.example:443", Style.HOST, "a/");
        var numbers = address("http://[::1]:80", Style.PATH, "");

        assertThat(path.host()).isEqualTo("127.0.0.1:9000");
        assertThat(path.path()).isEqualTo("/examplebucket");
        assertThat(path.path("b c/ü+")).isEqualTo("/examplebucket/a/b%20c/%C3%BC%2B");
        assertThat(host.host()).isEqualTo("examplebucket.store.example");
        assertThat(host.path()).isEqualTo("/");
        assertThat(host.below("b/").path("c")).isEqualTo("/a/b/c");
        assertThat(numbers.host()).isEqualTo("[::1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://store", "https://a_b", "https://store/path", "https:", "store:9000"})
    @DisplayName("takes nothing for a store's address that cannot be one")
    void noEndpoint(String endpoint) {
        assertThatThrownBy(() -> address(endpoint, Style.PATH, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("writes a query as it is signed, whatever is in it")
    void query() {
        var query = new TreeMap<>(Map.of("token", "a+b/c=ü *~", "b", ""));

        assertThat(Signature.query(query)).isEqualTo("b=&token=a%2Bb%2Fc%3D%C3%BC%20%2A~");
    }
}
