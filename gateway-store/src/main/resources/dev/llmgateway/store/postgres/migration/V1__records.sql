-- One row per call, whatever its end: dev.llmgateway.api.records.CallRecord. Tokens and costs include late charges.
create table proxy_records (
    request_id            text collate "C" primary key,
    at                    timestamptz not null,
    tenant                text not null,
    dialect               text,
    source                text,
    project               text,
    requested_model       text,
    profile               text not null,
    classification        text not null,
    stream                boolean not null,
    provider              text,
    model                 text,
    status                integer not null,
    error_type            text,
    impact                text not null,
    attempts              integer not null,
    failovers             integer not null,
    attempt_error         text,
    failed_provider       text,
    failed_model          text,
    hedged                boolean not null,
    cache                 text not null,
    replayed              boolean not null,
    ttft_ms               double precision,
    latency_ms            double precision not null,
    gateway_ms            double precision not null,
    input_tokens          bigint not null,
    cached_tokens         bigint not null,
    cache_write_5m_tokens bigint not null,
    cache_write_1h_tokens bigint not null,
    output_tokens         bigint not null,
    reasoning_tokens      bigint not null,
    cost_usd              double precision,
    usage_estimated       boolean not null,
    findings              jsonb not null,
    recorded_at           timestamptz not null,
    seq                   bigint not null unique,
    details_hash          bytea not null,
    previous_hash         bytea not null,
    chain_hash            bytea not null
);

comment on column proxy_records.input_tokens is 'tokens of the prompt that no cache of the provider knew';
comment on column proxy_records.recorded_at is 'by which calls get too old; part of the hash, as in late_charges';
comment on column proxy_records.seq is 'place in the chain of entries, see chain_head';

-- Listings: newest first, of all calls or of those with a value. What nearly all calls have needs no index of its own.
create index proxy_records_at on proxy_records (at, request_id);
create index proxy_records_tenant on proxy_records (tenant, at, request_id);
create index proxy_records_source on proxy_records (source, at, request_id) where source is not null;
create index proxy_records_project on proxy_records (project, at, request_id) where project is not null;
create index proxy_records_provider on proxy_records (provider, at, request_id) where provider is not null;
create index proxy_records_model on proxy_records (model, at, request_id) where model is not null;
create index proxy_records_status on proxy_records (status, at, request_id) where status <> 200;
create index proxy_records_impact on proxy_records (impact, at, request_id) where impact <> 'none';
create index proxy_records_error on proxy_records ((coalesce(error_type, attempt_error)), at, request_id)
    where coalesce(error_type, attempt_error) is not null;
create index proxy_records_failed_provider on proxy_records (failed_provider, at, request_id)
    where failed_provider is not null;
create index proxy_records_failed_model on proxy_records (failed_model, at, request_id) where failed_model is not null;

-- What happened to a call on its way, as JSON.
create table routing_traces (
    request_id text collate "C" primary key references proxy_records on delete cascade,
    trace      text not null
);

-- What was said, after sanitization, as JSON in the caller's dialect.
create table proxy_bodies (
    request_id text collate "C" primary key references proxy_records on delete cascade,
    request    text,
    answer     text
);

-- What was spent on a call and became known after its end. It is part of the call's row above, too.
create table late_charges (
    request_id            text collate "C" not null,
    number                integer not null,
    input_tokens          bigint not null,
    cached_tokens         bigint not null,
    cache_write_5m_tokens bigint not null,
    cache_write_1h_tokens bigint not null,
    output_tokens         bigint not null,
    reasoning_tokens      bigint not null,
    cost_usd              double precision,
    usage_estimated       boolean not null,
    recorded_at           timestamptz not null,
    seq                   bigint not null unique,
    previous_hash         bytea not null,
    chain_hash            bytea not null,
    primary key (request_id, number)
);

-- What a call with late charges had cost without them.
create table original_spends (
    request_id            text collate "C" primary key references proxy_records on delete cascade,
    input_tokens          bigint not null,
    cached_tokens         bigint not null,
    cache_write_5m_tokens bigint not null,
    cache_write_1h_tokens bigint not null,
    output_tokens         bigint not null,
    reasoning_tokens      bigint not null,
    cost_usd              double precision,
    usage_estimated       boolean not null
);

-- The latest of all entries: calls, late charges and removals, which are numbered together without a gap. Whoever appends locks it.
create table chain_head (
    only_row   boolean primary key default true check (only_row),
    seq        bigint not null,
    chain_hash bytea not null
);

insert into chain_head (seq, chain_hash) values (0, decode(repeat('00', 32), 'hex'));

-- An entry that says that all entries up to another one were removed.
create table chain_removals (
    seq           bigint primary key,
    at            timestamptz not null,
    reason        text not null,
    calls         bigint not null,
    last_seq      bigint not null,
    last_hash     bytea not null,
    previous_hash bytea not null,
    chain_hash    bytea not null
);
