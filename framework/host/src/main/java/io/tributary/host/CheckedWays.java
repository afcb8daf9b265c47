package io.tributary.host;

import io.tributary.host.accounts.Outside;
import io.tributary.host.egress.AccountHttp;
import io.tributary.host.egress.Egress;
import io.tributary.model.AccountId;
import io.tributary.model.PluginVersion;

/// Plugins' way out, under the egress rules.
record CheckedWays(Egress egress) implements Outside {

    @Override
    public Way open(AccountId account, PluginVersion plugin) {
        AccountHttp http = egress.open(account, plugin);
        return new Way() {
            @Override
            public Answer send(Call call) throws Failure, InterruptedException {
                return http.send(call);
            }

            @Override
            public void close() {
                http.close();
            }
        };
    }
}
