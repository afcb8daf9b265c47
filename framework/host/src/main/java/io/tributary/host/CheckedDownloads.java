package io.tributary.host;

import io.tributary.host.egress.AccountHttp;
import io.tributary.host.egress.Download;
import io.tributary.host.egress.Egress;
import io.tributary.host.media.Downloads;
import io.tributary.model.AccountId;
import io.tributary.spi.FetchesMedia;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Media's way out, under the egress rules; one pool of connections per account.
final class CheckedDownloads implements Downloads {

    private final Egress egress;
    private final ConcurrentHashMap<AccountId, AccountHttp> ways = new ConcurrentHashMap<>();

    CheckedDownloads(Egress egress) {
        this.egress = egress;
    }

    @Override
    public Answer open(AccountId account, FetchesMedia.Location from, long limit, Duration whole)
            throws IOException, InterruptedException {
        return new Downloaded(
                ways.computeIfAbsent(account, each -> egress.open(each, null))
                        .download(from.uri(), from.headers(), limit, whole));
    }

    private record Downloaded(Download download) implements Answer {

        @Override
        public int status() {
            return download.status();
        }

        @Override
        public @Nullable String type() {
            return download.header("content-type");
        }

        @Override
        public InputStream body() {
            return download.body();
        }

        @Override
        public void close() {
            download.close();
        }
    }
}
