package io.tributary.host;

import io.tributary.host.accounts.Outside;
import io.tributary.host.egress.AccountHttp;
import io.tributary.host.egress.Egress;
import io.tributary.model.AccountId;

/// Plugins' way out, under the egress rules.
record CheckedWays(Egress egress) implements Outside {

    @Override
    public Way open(AccountId account) {
        AccountHttp http = egress.open(account);
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
