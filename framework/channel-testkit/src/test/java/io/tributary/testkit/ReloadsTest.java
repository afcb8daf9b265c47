package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.testkit.pager.PagerChannel;
import io.tributary.testkit.pager.PagerContract;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a version that is reloaded")
class ReloadsTest {

    private static final String ROOT = "";

    @AfterEach
    void tidy() throws Exception {
        System.setProperty("stays.over", "yes");
        var server = ManagementFactory.getPlatformMBeanServer();
        for (var name : server.queryNames(new ObjectName("stays:*"), null)) {
            server.unregisterMBean(name);
        }
        var root = Logger.getLogger(ROOT);
        Arrays.stream(root.getHandlers())
                .filter(each -> each.getClass().getName().endsWith("Listening"))
                .forEach(root::removeHandler);
        System.getProperties().remove("stays.object");
    }

    @Test
    @DisplayName("is collected when it leaves nothing behind")
    void collected() {
        assertThatCode(() -> reload(PagerChannel::new)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("is told by the thread that it left running")
    void thread() {
        System.clearProperty("stays.over");
        assertThatThrownBy(() -> reload(StartsThread::new))
                .hasMessageContaining("5 of 5 versions stayed in memory")
                .hasMessageContaining("thread 'counting sheep' still runs")
                .hasMessageContaining("context.executor()");
    }

    @Test
    @DisplayName("is told by the bean that it left registered")
    void bean() {
        assertThatThrownBy(() -> reload(Registers::new))
                .hasMessageContaining("the managed bean stays:number=")
                .hasMessageContaining("unregister");
    }

    @Test
    @DisplayName("is told by the handler that it left with a logger")
    void handler() {
        assertThatThrownBy(() -> reload(Listens::new))
                .hasMessageContaining("the logger '' still has a handler");
    }

    @Test
    @DisplayName("is told by the object that it left among the properties")
    void property() {
        // only the last stays: each takes the place of the one before
        assertThatThrownBy(() -> reload(Remembers::new))
                .hasMessageContaining("1 of 5")
                .hasMessageContaining("stays.object");
    }

    @Test
    @DisplayName("is told with where to look when nobody can be seen")
    void hook() {
        assertThatThrownBy(() -> reload(LifeSabotages.StaysForHook::new))
                .hasMessageContaining("look for a shutdown hook, a ThreadLocal");
    }

    private static void reload(Supplier<Channel> channel) throws Exception {
        var subject =
                new ContractSubject(
                        new PagerContract() {
                            @Override
                            protected Channel channel() {
                                return channel.get();
                            }
                        });
        new ReloadChecks(subject).all().getFirst().body().run();
    }

    public static final class StartsThread extends PagerChannel {
        @Override
        public Account open(AccountContext context) {
            var thread =
                    new Thread(
                            () -> {
                                while (System.getProperty("stays.over") == null) {
                                    LockSupport.parkNanos(20_000_000);
                                }
                            },
                            "counting sheep");
            thread.setDaemon(true);
            thread.start();
            return super.open(context);
        }
    }

    public interface StandingMBean {}

    public static final class Standing implements StandingMBean {}

    public static final class Registers extends PagerChannel {
        @Override
        public Account open(AccountContext context) {
            try {
                var name = new ObjectName("stays:number=" + System.identityHashCode(this));
                ManagementFactory.getPlatformMBeanServer().registerMBean(new Standing(), name);
            } catch (javax.management.JMException failure) {
                throw new IllegalStateException(failure);
            }
            return super.open(context);
        }
    }

    public static final class Listening extends Handler {
        @Override
        public void publish(LogRecord record) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    public static final class Listens extends PagerChannel {
        @Override
        public Account open(AccountContext context) {
            Logger.getLogger(ROOT).addHandler(new Listening());
            return super.open(context);
        }
    }

    public static final class Remembers extends PagerChannel {
        @Override
        public Account open(AccountContext context) {
            System.getProperties().put("stays.object", this);
            return super.open(context);
        }
    }
}
