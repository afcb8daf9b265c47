package io.tributary.testkit;

import io.tributary.model.AccountId;
import io.tributary.model.MediaId;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Door;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.MediaStore;
import io.tributary.spi.Metrics;
import io.tributary.spi.NotStored;
import io.tributary.spi.Settings;
import io.tributary.spi.State;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What one opened account may touch: the host's own things behind a gate, which says what a call
/// may not do, and refuses everything after close.
final class FakeContext implements AccountContext {

    private final FakeHost host;
    private final TestSettings settings;
    private final FakeExecutor executor = new FakeExecutor(FakeHost.ACCOUNT.value());
    private volatile boolean closed;

    FakeContext(FakeHost host, TestSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    void close() throws InterruptedException {
        closed = true;
        executor.interruptAll();
    }

    @Override
    public Settings settings() {
        refuseWhenClosed();
        return settings;
    }

    @Override
    public State state() {
        refuseWhenClosed();
        return new GuardedState();
    }

    @Override
    public Http http() {
        refuseWhenClosed();
        return call -> {
            refuseWhenClosed();
            var kind = CallKind.current();
            if (kind != null && !kind.network()) {
                throw host.violation(kind + " called the network");
            }
            return host.send(call);
        };
    }

    @Override
    public Executor executor() {
        refuseWhenClosed();
        return work -> {
            refuseWhenClosed();
            var kind = CallKind.current();
            if (kind == CallKind.OPEN || (kind != null && kind.pure())) {
                throw host.violation(kind + " started a thread");
            }
            executor.execute(work);
        };
    }

    @Override
    public InstantSource clock() {
        refuseWhenClosed();
        return this::now;
    }

    @Override
    public System.Logger log() {
        return host.log();
    }

    @Override
    public Metrics metrics() {
        return host.metrics();
    }

    @Override
    public void report(Health health) {
        refuseWhenClosed();
        host.report(health);
    }

    @Override
    public AccountId account() {
        return FakeHost.ACCOUNT;
    }

    @Override
    public MediaStore media() {
        refuseWhenClosed();
        return new GuardedMedia();
    }

    @Override
    public URI url(Door door, String path) {
        refuseWhenClosed();
        return FakeHost.url(door.name().toLowerCase(Locale.ROOT), path);
    }

    @Override
    public void changed() {
        refuseWhenClosed();
    }

    private Instant now() {
        if (CallKind.current() == CallKind.TRANSLATE) {
            throw host.violation("TRANSLATE looked at the clock");
        }
        return host.clock().instant();
    }

    private void mayUseState(String what) {
        refuseWhenClosed();
        var kind = CallKind.current();
        if (kind != null && !kind.state()) {
            throw host.violation(kind + " " + what);
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new IllegalStateException("the account is closed: its context is taken back");
        }
    }

    private final class GuardedState implements State {

        @Override
        public @Nullable Entry read(String key) {
            mayUseState("read state");
            return host.state().read(key);
        }

        @Override
        public List<Entry> list(String prefix) {
            mayUseState("read state");
            return host.state().list(prefix);
        }

        @Override
        public void write(Change... changes) throws NotStored {
            mayUseState("wrote state");
            if (CallKind.current() == CallKind.OPEN) {
                throw host.violation("OPEN wrote state");
            }
            host.state().write(changes);
        }
    }

    private final class GuardedMedia implements MediaStore {

        @Override
        public MediaId keep(InputStream stream, @Nullable String name, @Nullable String type)
                throws IOException {
            mayUseState("kept media");
            return host.media().keep(stream, name, type);
        }

        @Override
        public InputStream open(MediaId media) throws IOException {
            mayUseState("read media");
            return host.media().open(media);
        }

        @Override
        public URI link(MediaId media, Duration valid) {
            mayUseState("linked media");
            return host.media().link(media, valid);
        }
    }
}
