package io.tributary.host.plugins;

import io.tributary.host.artifacts.JarFiles;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.calls.Watchdog;
import java.nio.file.Path;

/// Unsigned jars, taken as they are.
final class TestArtifacts {

    private TestArtifacts() {}

    static VerifiedJar verified(Path file) throws Exception {
        return new Verification(Trust.NONE.unsigned(true))
                .check(JarFiles.read(file), String.valueOf(file.getFileName()));
    }

    static LoadedPlugin load(VerifiedJar jar, Watchdog watchdog, LoaderWatch loaders)
            throws Refused, InterruptedException {
        return new VersionLoader(new PluginSetup(watchdog, loaders, text -> text, _ -> {}))
                .load(jar);
    }
}
