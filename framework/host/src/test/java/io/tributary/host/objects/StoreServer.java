package io.tributary.host.objects;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.PageSet;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.GetOptions;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jspecify.annotations.Nullable;

/// S3Proxy over memory: a store that speaks S3 and looks at signatures.
public final class StoreServer implements AutoCloseable {

    public static final String BUCKET = "tributary-media";

    /// Below this host it has one for each bucket; nobody resolves it.
    static final String HOST = "store.test";

    private static final BucketAddress.Credentials KEY =
            new BucketAddress.Credentials("AKIDTEST", "s3cr3t/of+test");

    private final BlobStoreContext context;
    private final S3Proxy.Builder proxied;
    private S3Proxy proxy;

    public StoreServer() throws Exception {
        this(S3Proxy.builder());
    }

    private StoreServer(S3Proxy.Builder proxied) throws Exception {
        this(proxied, UnaryOperator.identity());
    }

    private StoreServer(S3Proxy.Builder proxied, UnaryOperator<BlobStore> restricted)
            throws Exception {
        context =
                ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
                        .credentials("identity", "credential")
                        .build(BlobStoreContext.class);
        BlobStore store = context.getBlobStore();
        store.createContainerInLocation(null, BUCKET);
        this.proxied =
                proxied.blobStore(restricted.apply(store))
                        .awsAuthentication(AuthenticationType.AWS_V4, KEY.id(), KEY.secret());
        proxy = started(0);
    }

    private S3Proxy started(int port) throws Exception {
        S3Proxy next = proxied.endpoint(URI.create("http://127.0.0.1:" + port)).build();
        next.start();
        Awaitility.await().until(() -> next.getState().equals("STARTED"));
        return next;
    }

    /// One that knows buckets by hosts alone.
    static StoreServer byHosts() throws Exception {
        return new StoreServer(S3Proxy.builder().virtualHost(HOST));
    }

    /// One that takes no larger objects.
    public static StoreServer upTo(long bytes) throws Exception {
        return new StoreServer(S3Proxy.builder().maxSinglePartObjectSize(bytes));
    }

    /// One whose key may get and list, and that in the folders of logs alone.
    public static StoreServer toBeRead() throws Exception {
        return new StoreServer(S3Proxy.builder(), ToBeRead::new);
    }

    private static final class ToBeRead extends ForwardingBlobStore {

        private ToBeRead(BlobStore store) {
            super(store);
        }

        private static void need(boolean allowed) {
            if (!allowed) {
                throw new UnsupportedOperationException("not with this key");
            }
        }

        private static void needLog(@Nullable String place) {
            need(place != null && place.matches("tributary/media/[0-9a-f]{16}/.*"));
        }

        @Override
        public PageSet<? extends StorageMetadata> list(
                String bucket, ListContainerOptions options) {
            needLog(options.getPrefix());
            return super.list(bucket, options);
        }

        @Override
        public Blob getBlob(String bucket, String key, GetOptions options) {
            needLog(key);
            return super.getBlob(bucket, key, options);
        }

        @Override
        public String putBlob(String bucket, Blob blob, PutOptions options) {
            need(false);
            return super.putBlob(bucket, blob, options);
        }

        @Override
        public void removeBlob(String bucket, String key) {
            need(false);
        }
    }

    /// Something that is done while nobody answers there.
    public interface Doing {
        void run() throws Exception;
    }

    /// Stops, and is there again with what it had.
    public void awayWhile(Doing doing) throws Exception {
        int port = proxy.getPort();
        proxy.stop();
        try {
            doing.run();
        } finally {
            proxy = started(port);
        }
    }

    /// Where it is, for who keeps to the key.
    public BucketAddress address() {
        return new BucketAddress(
                URI.create("http://127.0.0.1:" + proxy.getPort()),
                "us-east-1",
                BUCKET,
                "tributary/media/",
                BucketAddress.Style.PATH,
                KEY);
    }

    public Bucket bucket() {
        return new Bucket(address(), InstantSource.system(), Duration.ofSeconds(10));
    }

    /// What there is under a key of the bucket; empty: nothing, perhaps.
    public byte[] object(String key) throws Exception {
        var blob = context.getBlobStore().getBlob(BUCKET, key);
        return blob == null ? new byte[0] : blob.getPayload().openStream().readAllBytes();
    }

    /// Puts something there, past the bucket.
    public void put(String key, byte[] bytes) {
        BlobStore store = context.getBlobStore();
        store.putBlob(
                BUCKET, store.blobBuilder(key).payload(bytes).contentLength(bytes.length).build());
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
        context.close();
    }
}
