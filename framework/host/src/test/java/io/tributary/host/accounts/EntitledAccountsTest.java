package io.tributary.host.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.artifacts.Entitlement;
import io.tributary.spi.Account;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Connection;
import io.tributary.spi.Conversation;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.Inbound;
import io.tributary.spi.Slot;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("an account whose plugin's manifest entitles it")
final class EntitledAccountsTest {

    @TempDir Path folder = Path.of("");

    private Member member;
    private Accounts accounts;

    @BeforeEach
    void open() {
        member = new Member(folder);
        accounts = member.accounts();
    }

    @AfterEach
    void close() {
        accounts.close();
        member.close();
    }

    /// An account that can do more than most.
    private static final class Holder implements Account, HoldsConnections {

        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public Capabilities capabilities(Conversation conversation) {
            return Capabilities.NONE;
        }

        @Override
        public Connection connect(Slot slot) {
            throw new AssertionError("nobody was to connect");
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            return List.of();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @Test
    @DisplayName("to requests is given the way out")
    void http() throws Exception {
        put();

        assertThat(member.channel.last().context.http()).isNotNull();
    }

    @Test
    @DisplayName("to nothing is refused the way out, and told what to add")
    void noHttp() throws Exception {
        member.entitled();
        put();

        assertThatThrownBy(() -> member.channel.last().context.http())
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("does not entitle it to have requests sent")
                .hasMessageContaining("add http to Tributary-Entitlements");
    }

    @Test
    @DisplayName("to nothing is not opened with an ability that needs it, and is closed again")
    void noConnections() throws Exception {
        var holder = new Holder();
        member.channel.other = holder;
        member.entitled(Entitlement.HTTP);

        Changed changed = put();

        assertThat(changed.toString())
                .contains("does not entitle it to hold connections")
                .contains("add connections to Tributary-Entitlements");
        assertThat(holder.closed).isTrue();
    }

    @Test
    @DisplayName("to connections is opened with that ability")
    void connections() throws Exception {
        member.channel.other = new Holder();
        member.entitled(Entitlement.CONNECTIONS);

        assertThat(put()).isInstanceOf(Changed.Done.class);
    }

    @Test
    @DisplayName("vouches for identities of the types in its manifest and of its channel alone")
    void identities() throws Exception {
        put();

        assertThat(accounts.find(Member.ACCOUNT))
                .isInstanceOfSatisfying(
                        OpenAccounts.Found.Open.class,
                        found -> {
                            assertThat(found.account().vouchesFor("phone")).isTrue();
                            assertThat(found.account().vouchesFor("pager")).isTrue();
                            assertThat(found.account().vouchesFor("email")).isFalse();
                        });
    }

    private Changed put() throws Exception {
        return accounts.put(Member.ACCOUNT, Member.draft(), "test");
    }
}
