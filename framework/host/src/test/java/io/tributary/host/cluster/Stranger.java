package io.tributary.host.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody else's Hazelcast, which tries to be one of the members at a port of this machine.
public final class Stranger implements AutoCloseable {

    private static final String VERSION = "hazelcast.internal.override.version";

    private final HazelcastInstance hazelcast;

    private Stranger(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /// Starts one; it is alone, or in company, or could not start.
    ///
    /// @param cluster which it believes to join
    /// @param version that it says it is of; null: ours
    /// @return null: Hazelcast gave up
    public static @Nullable Stranger knock(
            String cluster, @Nullable String version, int port, int theirs) {
        if (version != null) {
            System.setProperty(VERSION, version);
        }
        try {
            return new Stranger(Hazelcast.newHazelcastInstance(config(cluster, port, theirs)));
        } catch (IllegalStateException refused) {
            return null;
        } finally {
            System.clearProperty(VERSION);
        }
    }

    private static Config config(String cluster, int port, int theirs) {
        Config config = new Config().setClusterName(cluster);
        config.setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.local.localAddress", "127.0.0.1")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.max.join.seconds", "8")
                .setProperty("hazelcast.wait.seconds.before.join", "0");
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(List.of("127.0.0.1:" + theirs));
        return config;
    }

    /// How many it sees, itself among them.
    public int company() {
        return hazelcast.getCluster().getMembers().size();
    }

    @Override
    public void close() {
        hazelcast.getLifecycleService().terminate();
    }
}
