-- When all calls were forgotten: who appends looks, since calls that ended before may have waited somewhere.
create index chain_removals_cleared on chain_removals (at) where reason = 'cleared';
