package io.tributary.host.objects;

import java.net.URI;

/// Where a bucket is, and who asks there.
///
/// @param endpoint of the store, such as `https://s3.eu-central-1.amazonaws.com`
/// @param region as the store names it; it is part of signatures
/// @param prefix before each key, such as `media/`; empty: none
public record BucketAddress(
        URI endpoint,
        String region,
        String bucket,
        String prefix,
        Style style,
        Credentials credentials) {

    /// How requests name the bucket (Amazon S3 User Guide, "Virtual hosting of buckets").
    public enum Style {
        /// In the path, as in `https://store.example.com/bucket/key`.
        PATH,
        /// Before the store's host, as in `https://bucket.store.example.com/key`.
        HOST
    }

    /// An access key.
    public record Credentials(String id, String secret) {

        /// The id: it is told to the store in clear.
        @Override
        public String toString() {
            return id;
        }
    }

    /// @throws IllegalArgumentException the endpoint is no address of a store
    public BucketAddress {
        boolean web = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
        if (!web || endpoint.getHost() == null || !endpoint.getRawPath().isEmpty()) {
            throw new IllegalArgumentException("no address of an object store: " + endpoint);
        }
    }

    /// The same place, with something more before each key.
    BucketAddress below(String folder) {
        return new BucketAddress(endpoint, region, bucket, prefix + folder, style, credentials);
    }

    /// Of an object, as it goes over the wire.
    String path(String key) {
        String root = style == Style.HOST ? "/" : path() + "/";
        return root + Signature.path(prefix + key);
    }

    /// Of the bucket.
    String path() {
        return style == Style.HOST ? "/" : "/" + bucket;
    }

    /// As an HTTP client says it.
    String host() {
        int port = endpoint.getPort();
        boolean usual = port < 0 || port == (endpoint.getScheme().equals("https") ? 443 : 80);
        String name = style == Style.HOST ? bucket + "." + endpoint.getHost() : endpoint.getHost();
        return usual ? name : name + ":" + port;
    }

    /// For an operator.
    @Override
    public String toString() {
        return bucket + "/" + prefix + " at " + endpoint;
    }
}
