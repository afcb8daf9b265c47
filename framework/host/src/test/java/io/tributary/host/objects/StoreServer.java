package io.tributary.host.objects;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

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
        context =
                ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
                        .credentials("identity", "credential")
                        .build(BlobStoreContext.class);
        BlobStore store = context.getBlobStore();
        store.createContainerInLocation(null, BUCKET);
        this.proxied =
                proxied.blobStore(store)
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
