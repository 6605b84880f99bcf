"""A bot of Pipecat, as a site would write one, in Pipecat's own runner, but for what costs money: its speech and language services are stubs of
the framework's own classes. Does what livekit-node.mjs does. Run as `python pipecat_bot.py -t livekit` (with LIVEKIT_*) or `-t webrtc`.
"""

import array
import json
import math
import os
import pathlib
import re

from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.adapters.llm.schemas.function_schema import FunctionSchema
from pipecat.adapters.llm.schemas.tools_schema import ToolsSchema
from pipecat.frames.frames import (
    EndWorkerFrame,
    FunctionCallFromLLM,
    InterimTranscriptionFrame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
    TTSSpeakFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.processors.frameworks.rtvi import RTVIFunctionCallReportLevel, RTVIObserverParams
from pipecat.processors.frame_processor import FrameDirection
from pipecat.runner.utils import create_transport
from pipecat.services.llm_service import LLMService
from pipecat.services.settings import LLMSettings, STTSettings, TTSSettings
from pipecat.services.stt_service import STTService
from pipecat.services.tts_service import TTSService
from pipecat.transports.base_transport import TransportParams
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies
from pipecat.utils.time import time_now_iso8601
from pipecat.workers.runner import WorkerRunner

RATE = 24_000
GREETING = "Hello, this is the receptionist. How can I help?"
STORY = " ".join(f"Chapter {at} of the story." for at in range(1, 61))
MS_PER_WORD = 200


class LoudnessSTT(STTService):
    """Hears that somebody speaks, and not what: `I spoke 1`, `I spoke 2`."""

    def __init__(self):
        super().__init__(settings=STTSettings(model=None, language=None))
        self._quiet = self._spoken = 0.0
        self._told = self._turns = 0

    async def run_stt(self, audio):
        samples = array.array("h", audio)
        ms = 1_000 * len(samples) / self.sample_rate
        loudness = math.sqrt(sum(s * s for s in samples) / max(1, len(samples)))
        if loudness > 300:
            self._spoken += ms
            self._quiet = 0.0
            words = ["I", "spoke"][: math.ceil(self._spoken / 400)]
            if len(words) > self._told:
                self._told = len(words)
                yield InterimTranscriptionFrame(" ".join(words), self._user_id, time_now_iso8601())
        elif self._spoken > 0:
            self._quiet += ms
            if self._quiet < 300:
                return
            self._turns += 1
            self._quiet = self._spoken = 0.0
            self._told = 0
            yield TranscriptionFrame(f"I spoke {self._turns}", self._user_id, time_now_iso8601(), finalized=True)


class ToneTTS(TTSService):
    """A tone for each word."""

    def __init__(self):
        super().__init__(
            sample_rate=RATE,
            push_start_frame=True,
            push_stop_frames=True,
            stop_frame_timeout_s=0.3,
            settings=TTSSettings(model=None, voice=None, language=None),
        )

    async def run_tts(self, text, context_id):
        samples = len(text.split()) * MS_PER_WORD * self.sample_rate // 1_000
        tone = (round(9_000 * math.sin(2 * math.pi * 440 * at / self.sample_rate)) for at in range(samples))
        yield TTSAudioRawFrame(array.array("h", tone).tobytes(), self.sample_rate, 1, context_id=context_id)


class ScriptLLM(LLMService):
    def __init__(self):
        nothing = dict.fromkeys(
            [
                "model",
                "system_instruction",
                "temperature",
                "max_tokens",
                "top_p",
                "top_k",
                "frequency_penalty",
                "presence_penalty",
                "seed",
                "filter_incomplete_user_turns",
                "user_turn_completion_config",
            ]
        )
        super().__init__(settings=LLMSettings(**nothing))
        self._is_over = False

    async def process_frame(self, frame, direction):
        await super().process_frame(frame, direction)
        if not isinstance(frame, LLMContextFrame):
            return await self.push_frame(frame, direction)
        await self.push_frame(LLMFullResponseStartFrame())
        await self._answer(frame.context)
        await self.push_frame(LLMFullResponseEndFrame())
        # Ends the pipeline after what is in it.
        if self._is_over:
            await self.push_frame(EndWorkerFrame(), FrameDirection.UPSTREAM)

    async def _answer(self, context):
        last = context.get_messages()[-1]
        text = last.get("content") or ""
        if isinstance(text, list):
            text = " ".join(part.get("text", "") for part in text)
        if last["role"] == "tool":
            await self._say("You are in {}.".format(text.strip('"')))
        elif re.search("where am i", text, re.I):
            call = FunctionCallFromLLM("getUserLocation", "call_1", {"highAccuracy": True}, context)
            await self.run_function_calls([call])
        elif re.search("story", text, re.I):
            await self._say(STORY)
        elif re.search("goodbye", text, re.I):
            await self._say("Goodbye, and thank you.")
            self._is_over = True
        elif re.search("transfer", text, re.I):
            self._is_over = True
        else:
            await self._say(f"You said: {text}.")

    async def _say(self, text):
        for word in re.findall(r"\S+\s*", text):
            await self.push_frame(LLMTextFrame(word))


async def in_the_page(params):
    """The page runs it: the framework tells of the call, and takes the page's result."""


async def bot(runner_args):
    params = TransportParams(audio_in_enabled=True, audio_out_enabled=True)
    kinds = {"webrtc": lambda: params, "livekit": livekit_params}
    transport = await create_transport(runner_args, kinds)
    llm = ScriptLLM()
    llm.register_function("getUserLocation", in_the_page)
    location = FunctionSchema("getUserLocation", "Where the visitor is", {"highAccuracy": {"type": "boolean"}}, [])
    context = LLMContext([], ToolsSchema(standard_tools=[location]))
    aggregators = LLMContextAggregatorPair(
        context,
        user_params=LLMUserAggregatorParams(
            vad_analyzer=SileroVADAnalyzer(),
            user_turn_strategies=UserTurnStrategies(stop=[SpeechTimeoutUserTurnStopStrategy()]),
        ),
    )
    pipeline = Pipeline(
        [
            transport.input(),
            LoudnessSTT(),
            aggregators.user(),
            llm,
            ToneTTS(),
            transport.output(),
            aggregators.assistant(),
        ]
    )
    worker = PipelineWorker(
        pipeline,
        params=PipelineParams(audio_out_sample_rate=RATE),
        rtvi_observer_params=RTVIObserverParams(
            function_call_report_level={"*": RTVIFunctionCallReportLevel.FULL}
        ),
    )

    # As Pipecat's own examples do: not before the page has said that it is ready.
    @worker.rtvi.event_handler("on_client_ready")
    async def on_client_ready(_):
        await worker.queue_frames([TTSSpeakFrame(GREETING)])

    async def on_left(*_):
        await worker.cancel()

    is_livekit = hasattr(runner_args, "room_name")
    transport.add_event_handler("on_participant_left" if is_livekit else "on_client_disconnected", on_left)
    note(runner_args)
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    await runner.run()


def livekit_params():
    from pipecat.transports.livekit.transport import LiveKitParams

    return LiveKitParams(audio_in_enabled=True, audio_out_enabled=True)


def note(runner_args):
    """For a test that kills it."""
    folder = pathlib.Path(os.environ["AGENT_PIDS"])
    folder.mkdir(parents=True, exist_ok=True)
    name = getattr(runner_args, "room_name", runner_args.session_id)
    facts = {"pid": os.getpid(), "metadata": json.dumps(runner_args.body)}
    (folder / f"{name}.json").write_text(json.dumps(facts))


if __name__ == "__main__":
    from pipecat.runner.run import main

    main()
