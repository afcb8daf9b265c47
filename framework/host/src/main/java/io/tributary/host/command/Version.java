package io.tributary.host.command;

import picocli.CommandLine.IVersionProvider;

/// What `tributary --version` says.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"tributary " + (version == null ? "(not packaged)" : version)};
    }
}
