package io.tributary.host.rollouts;

import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.model.AccountId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees versions off that serve no more: each is closed when the last account has left it.
final class Retirement {

    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    /// Longer than any call of an account that was replaced may run.
    private static final Duration LEAVE_AT_MOST = Duration.ofSeconds(75);

    /// Before accounts that could not leave are asked again.
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Hosted hosted;

    Retirement(Hosted hosted) {
        this.hosted = hosted;
    }

    /// Returns at once.
    void of(LoadedPlugin plugin) {
        Thread.ofVirtual()
                .name("retire " + plugin.version())
                .start(() -> {
                    try {
                        moveAll(plugin);
                        hosted.awaitLeft(plugin, LEAVE_AT_MOST);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    close(plugin);
                });
    }

    /// An account that was opened or changed while the versions were swapped may still live on the
    /// old one, and would be dead with it.
    private void moveAll(LoadedPlugin plugin) throws InterruptedException {
        var pause = FIRST_PAUSE;
        for (var staying = hosted.livingOn(plugin);
                !staying.isEmpty();
                staying = hosted.livingOn(plugin)) {
            boolean all = true;
            for (var account : staying) {
                all &= moved(plugin, account);
            }
            if (!all) {
                Thread.sleep(pause);
                var longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
            }
        }
    }

    private boolean moved(LoadedPlugin plugin, AccountId account) throws InterruptedException {
        try {
            var stays = hosted.move(account);
            stays.ifPresent(why ->
                    LOG.warn(
                            "plugin {} stays loaded: account {} cannot leave it: {}",
                            plugin.version(),
                            account,
                            why));
            return stays.isEmpty();
        } catch (RuntimeException | Error failure) {
            // whatever it is: nobody else would ever close this version
            LOG.warn("plugin {} stays loaded: account {}", plugin.version(), account, failure);
            return false;
        }
    }

    private static void close(LoadedPlugin plugin) {
        plugin.close();
        LOG.info("plugin {} is unloaded", plugin.version());
    }
}
