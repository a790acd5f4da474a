-- Reports about the quality of answers: dev.llmgateway.api.quality.QualitySignal.
create table quality_signals (
    id            bigint generated always as identity primary key,
    at            timestamptz not null,
    model_card_id text not null,
    task_type     text not null,
    signal_type   text not null,
    value         double precision not null
);

comment on column quality_signals.value is 'from 0, a useless answer, to 1, a perfect one';

-- Sums of a time, and those of one model, from the index alone.
create index quality_signals_at on quality_signals (at) include (model_card_id, task_type, signal_type, value);
create index quality_signals_card on quality_signals (model_card_id, at) include (task_type, signal_type, value);

-- What the scores of models were and are: dev.llmgateway.api.quality.ScoreVersion. The last version of a model holds.
create table model_scores (
    model_card_id text not null,
    version       integer not null,
    at            timestamptz not null,
    cause         text not null,
    restores      integer,
    scores        jsonb not null,
    primary key (model_card_id, version)
);
