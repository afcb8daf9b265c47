package io.tributary.host.plugins;

import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.calls.BoundedCalls;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.calls.Quarantine;
import io.tributary.host.guard.Conduct;
import io.tributary.model.AccountId;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// Loads one artifact: its classes, its channels, what they say of themselves. The plugin's code
/// runs with a deadline, and what it throws is a reason to refuse it.
public final class VersionLoader {

    /// Stands in thread names where calls of accounts have the account's.
    private static final AccountId NO_ACCOUNT = AccountId.of("loading");

    /// More places than any channel could need, and few enough to look at twenty times a second.
    private static final int MOST_CALLS_AT_ONCE = 4_096;

    private static final int MOST_LOST = 8;

    private final PluginSetup setup;

    /// Loads with these means.
    public VersionLoader(PluginSetup setup) {
        this.setup = setup;
    }

    /// Makes it ready to serve; close it when it is not wanted any more. Blocks; the plugin has ten
    /// seconds to say what it brings.
    ///
    /// @throws Refused it cannot serve here
    public LoadedPlugin load(VerifiedJar jar) throws Refused, InterruptedException {
        refuseWhenLeaking();
        var conduct = new Conduct(jar.plugin().toString(), jar.entitlements(), setup.redact());
        var quarantine = new Quarantine();
        var unloading = opened(jar, conduct, quarantine);
        var channels = new ArrayList<LoadedChannel>();
        try {
            bring(jar, unloading.loader(), quarantine, channels);
            return new LoadedPlugin(jar, unloading, quarantine, conduct, channels);
        } catch (Throwable failure) {
            // what was refused has run already: it leaves as one does that has served
            channels.forEach(each -> each.calls().close());
            unloading.close();
            throw failure;
        }
    }

    /// Its class loader, from the first moment on with all that its end needs.
    private Unloading opened(VerifiedJar jar, Conduct conduct, Quarantine quarantine)
            throws Refused {
        var plugin = jar.plugin();
        var manager = new ArtifactLoader(jar, conduct);
        try {
            var loader = manager.load();
            var trace = setup.loaders().made(plugin, loader, loader.mark());
            var threads = OwnThreads.watched(plugin, loader, quarantine, setup.watchdog());
            return new Unloading(plugin, manager, loader, setup.loaders(), trace, threads);
        } catch (Throwable failure) {
            // none of its code has run yet
            manager.close();
            throw failure;
        }
    }

    /// @param channels where those go that were made, also when it is refused for a later one
    private void bring(
            VerifiedJar jar,
            VerifiedLoader loader,
            Quarantine quarantine,
            List<LoadedChannel> channels)
            throws Refused, InterruptedException {
        for (var found : find(jar, loader, quarantine)) {
            refuseUnusable(found.descriptor);
            channels.add(
                    new LoadedChannel(
                            jar.plugin(),
                            found.channel,
                            found.descriptor,
                            jar.entitlements(),
                            calls(jar, loader, found.descriptor.callsAtOnce(), quarantine)));
        }
        channels.sort(Comparator.comparing(each -> each.descriptor().id().value()));
        refuseTwins(channels);
        refuseOthers(jar, channels);
    }

    /// Each lost class loader costs its memory for good, and the next version would most likely be
    /// lost as well.
    private void refuseWhenLeaking() throws Refused {
        var lost = setup.loaders().lost();
        if (lost >= MOST_LOST) {
            throw new Refused(
                    lost
                            + " class loaders of versions that have left could not be collected, and"
                            + " each takes memory for good; restart this member before another"
                            + " version is loaded");
        }
    }

    private List<Found> find(VerifiedJar jar, ClassLoader loader, Quarantine quarantine)
            throws Refused, InterruptedException {
        try (var calls = calls(jar, loader, 1, quarantine)) {
            var found = calls.ask(Calls.Kind.OPEN, NO_ACCOUNT, () -> providers(loader));
            if (found.isEmpty()) {
                throw new Refused(
                        "it brings no channel; list its class in META-INF/services/"
                                + Channel.class.getName());
            }
            return found;
        } catch (PluginFailure failure) {
            throw new Refused(reason(failure));
        }
    }

    /// Only classes of this very loader: a plugin brings its own channels and no one else's.
    private static List<Found> providers(ClassLoader loader) throws Exception {
        var found = new ArrayList<Found>();
        for (var provider : ServiceLoader.load(Channel.class, loader).stream().toList()) {
            if (loader.equals(provider.type().getClassLoader())) {
                var channel = made(provider);
                found.add(new Found(channel, channel.descriptor()));
            }
        }
        return found;
    }

    /// What the constructor threw tells more than that it threw.
    private static Channel made(ServiceLoader.Provider<Channel> provider) throws Exception {
        try {
            return provider.get();
        } catch (ServiceConfigurationError failed) {
            if (failed.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            throw failed;
        }
    }

    private void refuseUnusable(ChannelDescriptor descriptor) throws Refused {
        var id = descriptor.id();
        if (descriptor.callsAtOnce() > MOST_CALLS_AT_ONCE) {
            throw new Refused(
                    "its channel "
                            + id
                            + " wants "
                            + descriptor.callsAtOnce()
                            + " calls at once; at most "
                            + MOST_CALLS_AT_ONCE);
        }
        try {
            setup.checkSettings().accept(descriptor.settings());
        } catch (IllegalArgumentException wrong) {
            throw new Refused("its channel " + id + " is broken: " + wrong.getMessage());
        }
    }

    private static void refuseTwins(List<LoadedChannel> channels) throws Refused {
        var ids = new HashSet<>();
        for (var channel : channels) {
            if (!ids.add(channel.descriptor().id())) {
                throw new Refused("it brings the channel " + channel.descriptor().id() + " twice");
            }
        }
    }

    /// What its manifest promised is what it brings: somebody signed the one and not the other.
    private static void refuseOthers(VerifiedJar jar, List<LoadedChannel> channels) throws Refused {
        var promised = jar.manifest().channels();
        var brought = channels.stream().map(each -> each.descriptor().id().value()).toList();
        if (!promised.isEmpty() && !promised.equals(brought)) {
            throw new Refused(
                    "its manifest names the channels "
                            + String.join(", ", promised)
                            + ", and it brings "
                            + String.join(", ", brought)
                            + "; both are to say the same");
        }
    }

    private BoundedCalls calls(
            VerifiedJar jar, ClassLoader loader, int atOnce, Quarantine quarantine) {
        return new BoundedCalls(
                jar.plugin(), loader, atOnce, quarantine, setup.watchdog(), setup.redact());
    }

    private static String reason(PluginFailure failure) {
        return switch (failure.why()) {
            case DEADLINE, STUCK ->
                    "the constructor or descriptor of its channel did not end within "
                            + Calls.Kind.OPEN.deadline().toSeconds()
                            + " s; they must not wait for anything";
            default ->
                    failure.type().equals(ServiceConfigurationError.class.getName())
                            ? "its META-INF/services/"
                                    + Channel.class.getName()
                                    + " is wrong: "
                                    + failure.getMessage()
                            : "the constructor or descriptor of its channel threw "
                                    + failure.type()
                                    + ": "
                                    + failure.getMessage();
        };
    }

    private record Found(Channel channel, ChannelDescriptor descriptor) {}
}
