-- One row per call, whatever its end: dev.llmgateway.api.records.CallRecord. Tokens and costs include late charges.
create table proxy_records (
    request_id            text primary key,
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
    findings              jsonb not null
);

comment on column proxy_records.input_tokens is 'tokens of the prompt that no cache of the provider knew';

-- What happened to a call on its way, as JSON.
create table routing_traces (
    request_id text primary key references proxy_records on delete cascade,
    trace      text not null
);

-- What was said, after sanitization, as JSON in the caller's dialect.
create table proxy_bodies (
    request_id text primary key references proxy_records on delete cascade,
    request    text,
    answer     text
);
