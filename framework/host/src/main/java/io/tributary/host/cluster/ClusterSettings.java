package io.tributary.host.cluster;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Configuration.SecretSource;
import io.tributary.host.secrets.Reference;
import io.tributary.host.secrets.SecretsUnusable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a member has to know to join the grid.
///
/// @param name of the cluster
/// @param member this member's name
/// @param bind the address, of this machine, that the other members reach
/// @param keys the first seals, all open; one at least
/// @param size how many members are planned; of 1 and 2 no part of a torn grid is the smaller one
public record ClusterSettings(
        String name,
        String member,
        InetAddress bind,
        Port port,
        Others others,
        List<ClusterKey> keys,
        int size,
        GridTimes times) {

    public ClusterSettings {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a grid needs a key");
        }
    }

    /// Where other members knock.
    ///
    /// @param next whether one of the next is taken where the number is
    public record Port(int number, boolean next) {}

    /// Where the other members are. Nobody is looked for elsewhere.
    public sealed interface Others {

        /// @param members `host:port`
        record Listed(List<String> members) implements Others {
            public Listed {
                members = List.copyOf(members);
            }
        }

        /// The addresses of a headless service, each at our port.
        record KubernetesService(String name) implements Others {}
    }

    /// As the configuration says, with the keys read.
    ///
    /// @param environment the process's environment
    /// @throws SecretsUnusable a key is not there, or is none
    public static ClusterSettings of(Configuration.Cluster cluster, Map<String, String> environment)
            throws SecretsUnusable {
        List<ClusterKey> keys = new ArrayList<>();
        for (SecretSource source : cluster.keys()) {
            keys.add(ClusterKey.parse(read(source, environment)));
        }
        String service = cluster.kubernetesDns();
        return new ClusterSettings(
                cluster.name(),
                cluster.member(),
                cluster.bind(),
                new Port(cluster.port(), cluster.autoIncrement()),
                service == null
                        ? new Others.Listed(cluster.members())
                        : new Others.KubernetesService(service),
                keys,
                cluster.size(),
                GridTimes.STANDARD);
    }

    private static String read(SecretSource source, Map<String, String> environment)
            throws SecretsUnusable {
        return switch (source) {
            case SecretSource.FromFile(var file) -> new Reference.File(file).resolve(environment);
            case SecretSource.FromEnvironment(var variable) ->
                    new Reference.Environment(variable).resolve(environment);
            case SecretSource.Plain(var text) -> text;
        };
    }

    /// How many members keep what is derived, when the grid is torn.
    int majority() {
        return size / 2 + 1;
    }
}
