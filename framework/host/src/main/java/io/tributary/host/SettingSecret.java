package io.tributary.host;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.secrets.Reference;
import io.tributary.host.secrets.SecretsUnusable;
import java.nio.file.Path;
import java.util.Map;

/// A secret among the settings, or where it is.
final class SettingSecret {

    private SettingSecret() {}

    /// Reads it where the configuration refers to it.
    ///
    /// @param key of the setting, for whoever has to mend it
    /// @param environment as [System#getenv()]
    /// @throws SecretsUnusable it is not there, or cannot be one
    static String read(
            String key, Configuration.SecretSource source, Map<String, String> environment)
            throws SecretsUnusable {
        try {
            return switch (source) {
                case Configuration.SecretSource.Plain(String text) -> text;
                case Configuration.SecretSource.FromEnvironment(String variable) ->
                        new Reference.Environment(variable).resolve(environment);
                case Configuration.SecretSource.FromFile(Path file) ->
                        new Reference.File(file).resolve(environment);
            };
        } catch (SecretsUnusable why) {
            throw new SecretsUnusable(key + ": " + why.getMessage());
        }
    }
}
