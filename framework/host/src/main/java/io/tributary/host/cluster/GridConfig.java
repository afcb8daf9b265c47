package io.tributary.host.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import java.net.Inet6Address;
import java.time.Clock;
import java.time.Duration;

/// How Hazelcast is set up. Its own settings suit a trusted network and data that lives in it;
/// nothing of that is so here. `docs/decisions/0016-hazelcast-carries-hints.md` says why.
final class GridConfig {

    private static final String MAJORITY = "majority";
    private static final int MERGE_BATCH = 100;
    private static final int MAP_MEGABYTES = 64;

    private final ClusterSettings settings;
    private final GridTimes times;
    private final Config config = new Config();

    private GridConfig(ClusterSettings settings) {
        this.settings = settings;
        this.times = settings.times();
    }

    static Config of(ClusterSettings settings, Clock clock) {
        var it = new GridConfig(settings);
        it.config.setClusterName(settings.name());
        it.config.setClassLoader(GridConfig.class.getClassLoader());
        it.config
                .getMemberAttributeConfig()
                .setAttribute(Members.NAME, settings.member())
                .setAttribute(Members.SINCE, Long.toString(clock.millis()));
        it.network();
        it.classes();
        it.silence();
        it.patience();
        it.maps();
        return it.config;
    }

    /// Only other members are spoken to, at one address. With the plain network settings the same
    /// port would take clients, which need no more than the cluster's name to read everything.
    private void network() {
        var endpoint =
                new ServerSocketEndpointConfig()
                        .setPort(settings.port().number())
                        .setPortAutoIncrement(settings.port().next())
                        // a port that is still closing would keep a member from its restart
                        .setReuseAddress(true);
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig();
        network.setEnabled(true).setMemberEndpointConfig(endpoint);
        // not `interfaces`: with them, members that are called by name are looked for there too
        set("local.localAddress", settings.bind().getHostAddress());
        set("socket.bind.any", false);
        set("socket.server.bind.any", false);
        set("socket.client.bind.any", false);
        set("prefer.ipv4.stack", !(settings.bind() instanceof Inet6Address));
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        switch (settings.others()) {
            case ClusterSettings.Others.Listed(var members) ->
                    join.getTcpIpConfig().setEnabled(true).setMembers(members);
            case ClusterSettings.Others.KubernetesService(String name) -> {
                join.getTcpIpConfig().setEnabled(false);
                join.getKubernetesConfig()
                        .setEnabled(true)
                        .setProperty("service-dns", name)
                        .setProperty("service-port", Integer.toString(settings.port().number()));
            }
        }
    }

    /// Nothing but bytes, texts and numbers goes in, so no class comes out. What members answer
    /// each other when something fails are exceptions, which Hazelcast serializes as Java does.
    private void classes() {
        var failures =
                new ClassFilter()
                        .addPrefixes(
                                "java.lang.",
                                "[Ljava.lang.StackTraceElement;",
                                "java.util.Collections$",
                                "com.hazelcast.core.",
                                "com.hazelcast.spi.exception.",
                                "com.hazelcast.splitbrainprotection.");
        config.getSerializationConfig()
                .setJavaSerializationFilterConfig(only(failures))
                .getCompactSerializationConfig()
                // an empty list would allow everything
                .setZeroConfigFilter(only(new ClassFilter().addClasses("none")));
    }

    private static JavaSerializationFilterConfig only(ClassFilter classes) {
        return new JavaSerializationFilterConfig().setDefaultsDisabled(true).setWhitelist(classes);
    }

    /// No calls home, no other doors, no work that nobody asked for.
    private void silence() {
        set("logging.type", "slf4j");
        set("logging.details.enabled", false);
        set("phone.home.enabled", false);
        set("health.monitoring.level", "OFF");
        set("jmx", false);
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getManagementCenterConfig()
                .setScriptingEnabled(false)
                .setConsoleEnabled(false)
                .setDataAccessEnabled(false);
        config.getInstanceTrackingConfig().setEnabled(false);
        config.getIntegrityCheckerConfig().setEnabled(false);
        set("io.thread.count", 2);
        set("event.thread.count", 2);
    }

    private void patience() {
        // the host leaves by itself when the process ends; two who do that are in each other's way
        set("shutdownhook.enabled", false);
        set("shutdownhook.policy", "GRACEFUL");
        set("graceful.shutdown.max.wait", Math.max(1, seconds(times.leaving()) / 2));
        set("wait.seconds.before.join", seconds(times.joining()));
        set("max.wait.seconds.before.join", 20);
        set("heartbeat.interval.seconds", seconds(times.heartbeat()));
        set("max.no.heartbeat.seconds", seconds(times.silence()));
        set("partial.member.disconnection.resolution.heartbeat.count", 3);
        set("merge.first.run.delay.seconds", seconds(times.torn()));
        set("merge.next.run.delay.seconds", seconds(times.torn()));
        set("operation.call.timeout.millis", 5_000);
        // a map that somebody filled is not read whole; the least that Hazelcast takes
        set("query.result.size.limit", 65_000);
    }

    private void maps() {
        config.addSplitBrainProtectionConfig(
                new SplitBrainProtectionConfig(
                        MAJORITY, settings.size() > 2, Math.max(2, settings.majority())));
        config.addMapConfig(derived(Presence.NAME, times.presence()));
    }

    /// What can be made again: the smaller part of a torn grid drops it.
    private MapConfig derived(String name, Duration kept) {
        return new MapConfig(name)
                .setTimeToLiveSeconds((int) seconds(kept))
                .setEvictionConfig(
                        new EvictionConfig()
                                .setEvictionPolicy(EvictionPolicy.LRU)
                                .setMaxSizePolicy(MaxSizePolicy.USED_HEAP_SIZE)
                                .setSize(MAP_MEGABYTES))
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setBackupCount(0)
                .setAsyncBackupCount(1)
                .setStatisticsEnabled(false)
                .setSplitBrainProtectionName(MAJORITY)
                .setMergePolicyConfig(
                        new MergePolicyConfig(DiscardMergePolicy.class.getName(), MERGE_BATCH));
    }

    private void set(String property, Object value) {
        config.setProperty("hazelcast." + property, String.valueOf(value));
    }

    private static long seconds(Duration time) {
        return time.toSeconds();
    }
}
