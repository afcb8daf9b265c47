package io.tributary.host.objects;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests by AWS Signature Version 4, in the Authorization header and over a payload whose
/// digest is known (Amazon S3 API Reference, "Authenticating Requests: Using the Authorization
/// Header").
final class Signature {

    /// The digest of no payload.
    static final String NOTHING = hex(sha256(new byte[0]));

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DAY = 8;
    private static final String ALGORITHM = "HmacSHA256";

    private final BucketAddress.Credentials credentials;
    private final String region;

    Signature(BucketAddress.Credentials credentials, String region) {
        this.credentials = credentials;
        this.region = region;
    }

    /// What is signed.
    ///
    /// @param path as it goes over the wire
    /// @param query not encoded
    /// @param headers by lower-case name, without those that the signature brings
    /// @param sha256 of the payload
    record Request(
            String method,
            String path,
            SortedMap<String, String> query,
            SortedMap<String, String> headers,
            String sha256) {}

    /// Headers with those that the signature brings; `host` is one of those that are given.
    SortedMap<String, String> signed(Request request, Instant at) {
        String time = TIME.format(at);
        SortedMap<String, String> headers = new TreeMap<>(request.headers());
        headers.put("x-amz-content-sha256", request.sha256());
        headers.put("x-amz-date", time);
        String names = String.join(";", headers.keySet());
        String canonical =
                String.join(
                        "\n",
                        request.method(),
                        request.path(),
                        query(request.query()),
                        headers.entrySet().stream()
                                .map(each -> each.getKey() + ":" + each.getValue() + "\n")
                                .collect(Collectors.joining()),
                        names,
                        request.sha256());
        String scope = time.substring(0, DAY) + "/" + region + "/s3/aws4_request";
        String toSign =
                String.join("\n", "AWS4-HMAC-SHA256", time, scope, hex(sha256(utf8(canonical))));
        headers.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(credentials.id(), scope, names, hex(hmac(key(scope), toSign))));
        return headers;
    }

    /// A query as it goes over the wire, in the order that is signed.
    static String query(SortedMap<String, String> query) {
        return query.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    /// A path as it goes over the wire and is signed: encoded once, its slashes as they are.
    static String path(String path) {
        return encoded(path).replace("%2F", "/");
    }

    /// RFC 3986, where a form would have its own ways.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /// Good for this day, region and service alone.
    private byte[] key(String scope) {
        byte[] key = utf8("AWS4" + credentials.secret());
        for (String each : scope.split("/", -1)) {
            key = hmac(key, each);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
