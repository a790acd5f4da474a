-- Calls beside their copies to a candidate model: dev.llmgateway.api.records.ShadowResult.
create table shadow_results (
    request_id              text primary key,
    at                      timestamptz not null,
    primary_provider        text not null,
    primary_model           text not null,
    primary_latency_ms      double precision not null,
    primary_ttft_ms         double precision,
    primary_input_tokens    bigint not null,
    primary_output_tokens   bigint not null,
    primary_cost_usd        double precision,
    candidate_provider      text not null,
    candidate_model         text not null,
    candidate_latency_ms    double precision not null,
    candidate_ttft_ms       double precision,
    candidate_input_tokens  bigint not null,
    candidate_output_tokens bigint not null,
    candidate_cost_usd      double precision,
    error_type              text,
    agreement               double precision
);

create index shadow_results_at on shadow_results (at desc, request_id collate "C" desc);
