package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A jar as a person looks at it before it is used: everything that can be known without running
/// it, and everything that speaks against it.
///
/// @param sha256 of the jar with an empty comment; null: it is no readable jar
/// @param manifest null: it does not say what it is
/// @param abilities names of ability interfaces
/// @param readme its README; empty: there is none
/// @param score what the testkit found about it, as the jar claims; empty: it brings no card that
///   can be read
/// @param key the id of the key that signed it, as it claims; empty: none did
/// @param voucher who answers for it; null: nobody whom the trust list takes
/// @param reasons for which it would be refused; empty: it would be loaded
public record Inspection(
        int bytes,
        @Nullable String sha256,
        @Nullable PluginManifest manifest,
        List<String> abilities,
        String readme,
        Optional<ScoreCard> score,
        String key,
        @Nullable Voucher voucher,
        List<String> reasons) {

    /// Looks at a jar.
    public static Inspection of(Bytes file, Trust trust) {
        var look = new Look(file, trust);
        look.everything();
        return new Inspection(
                file.length(),
                look.sha256,
                look.manifest,
                look.abilities,
                look.readme,
                look.score,
                look.key,
                look.voucher,
                List.copyOf(look.reasons));
    }

    /// One thing to be looked at.
    @FunctionalInterface
    private interface Step<T> {
        T take() throws Rejected;
    }

    /// What was found so far. A thing that speaks against the jar does not keep the next from being
    /// looked at, unless that rests on it.
    private static final class Look {

        private final Bytes file;
        private final Trust trust;
        private final List<String> reasons = new ArrayList<>();
        private @Nullable String sha256;
        private @Nullable PluginManifest manifest;
        private List<String> abilities = List.of();
        private String readme = "";
        private Optional<ScoreCard> score = Optional.empty();
        private String key = "";
        private @Nullable Voucher voucher;

        Look(Bytes file, Trust trust) {
            this.file = file;
            this.trust = trust;
        }

        void everything() {
            attempt(() -> StrictZip.read(file)).ifPresent(this::contents);
        }

        private void contents(StrictZip zip) {
            String digest = zip.sha256();
            sha256 = digest;
            JarContents contents = JarContents.plain(zip.files());
            Optional<PluginManifest> claims =
                    attempt(() -> JarManifest.read(contents).claims(digest));
            manifest = claims.orElse(null);
            attempt(() -> {
                JarRules.hold(contents);
                readme = new String(JarRules.readme(contents).unpack(), StandardCharsets.UTF_8);
                abilities = List.copyOf(Abilities.of(contents));
                score = ScoreCard.of(contents);
                return contents;
            });
            Optional<Optional<Seal>> seal = attempt(() -> Seal.of(zip.comment()));
            key = seal.flatMap(each -> each).map(Seal::key).orElse("");
            if (claims.isPresent()) {
                attempt(() -> {
                    Services.hold(contents, claims.get().channels());
                    return contents;
                });
                seal.ifPresent(each -> vouch(contents, claims.get(), each));
            }
        }

        private void vouch(JarContents contents, PluginManifest claims, Optional<Seal> seal) {
            var jar = new OpenedJar("", file, contents, claims, seal);
            voucher = attempt(() -> trust.voucherOf(jar)).orElse(null);
        }

        private <T> Optional<T> attempt(Step<T> step) {
            try {
                return Optional.of(step.take());
            } catch (Rejected rejected) {
                reasons.add(rejected.reason());
                return Optional.empty();
            }
        }
    }
}
