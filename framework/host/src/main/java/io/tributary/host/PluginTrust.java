package io.tributary.host;

import io.tributary.host.artifacts.BundledList;
import io.tributary.host.artifacts.SigningKeys;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.artifacts.TrustedKey;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import io.tributary.host.configuration.Mistake;
import io.tributary.host.configuration.TrustFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which plugin jars are taken: those that came with the distribution, and what the trust list
/// says.
public final class PluginTrust {

    private PluginTrust() {}

    /// As a member of this configuration does.
    ///
    /// @throws Misconfigured with every mistake in the trust list, and where it stands
    public static Trust of(Configuration.Plugins plugins) throws Misconfigured {
        return listed(plugins.trust()).unsigned(plugins.allowUnsigned());
    }

    /// As the file says.
    ///
    /// @param file null: there is no trust list
    /// @throws Misconfigured with every mistake in it, and where it stands
    public static Trust listed(@Nullable Path file) throws Misconfigured {
        Set<String> bundled = BundledList.besideTheHost();
        if (file == null) {
            return Trust.NONE.bundling(bundled);
        }
        TrustFile list = TrustFile.read(file);
        List<TrustedKey> keys = new ArrayList<>();
        List<Mistake> mistakes = new ArrayList<>();
        for (TrustFile.Key each : list.keys()) {
            try {
                keys.add(
                        new TrustedKey(
                                SigningKeys.readPublic(each.text()), each.owner(), each.plugins()));
            } catch (IllegalArgumentException wrong) {
                mistakes.add(
                        new Mistake(
                                each.place(),
                                "keys",
                                "is no public key: "
                                        + wrong.getMessage()
                                        + "; copy what `tributary plugin keygen` showed"));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new Misconfigured(mistakes);
        }
        return new Trust(
                keys,
                new HashSet<>(list.revokedKeys()),
                new HashSet<>(list.revokedArtifacts()),
                bundled,
                false);
    }
}
