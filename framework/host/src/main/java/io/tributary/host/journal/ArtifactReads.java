package io.tributary.host.journal;

import java.sql.SQLException;
import java.util.List;

/// Reads plugin jars.
record ArtifactReads(ReadPool pool) implements PluginArtifacts {

    private static final String COLUMNS =
            "sha256, plugin, version, manifest, signer, added_at, added_by";

    @Override
    public List<About> all() {
        return pool.read(sql ->
                sql.list(
                        "select "
                                + COLUMNS
                                + " from plugin_artifact order by added_at, sha256, signer",
                        ArtifactReads::about));
    }

    @Override
    public List<Artifact> bySha256(String sha256) {
        return pool.read(sql ->
                sql.list(
                        "select "
                                + COLUMNS
                                + ", bytes from plugin_artifact where sha256 = ?"
                                + " order by added_at, signer",
                        columns -> new Artifact(about(columns), columns.bytes()),
                        sha256));
    }

    private static About about(Columns columns) throws SQLException {
        return new About(
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.instant(),
                columns.text());
    }
}
