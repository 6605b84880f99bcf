"""A worker of LiveKit Agents for Python, as a site would write one, but for what costs money: its speech and language models are stubs of the
framework's own abstract classes. Does what livekit-node.mjs does. Run as `python livekit_python.py start` with LIVEKIT_*.
"""

import array
import json
import logging
import math
import os
import pathlib
import re

from livekit import rtc
from livekit.agents import Agent, AgentServer, AgentSession, JobContext, RunContext, cli, function_tool, llm, stt, tts
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS
from livekit.agents.voice import room_io

RATE = 24_000
GREETING = "Hello, this is the receptionist. How can I help?"
STORY = " ".join(f"Chapter {at} of the story." for at in range(1, 61))
MS_PER_WORD = 200


class LoudnessSTT(stt.STT):
    """Hears that somebody speaks, and not what: `I spoke 1`, `I spoke 2`."""

    def __init__(self):
        super().__init__(capabilities=stt.STTCapabilities(streaming=True, interim_results=True))

    async def _recognize_impl(self, buffer, *, language=None, conn_options=None):
        raise NotImplementedError("only as a stream")

    def stream(self, *, language=None, conn_options=DEFAULT_API_CONNECT_OPTIONS):
        return LoudnessStream(stt=self, conn_options=conn_options)


class LoudnessStream(stt.RecognizeStream):
    async def _run(self):
        quiet = spoken = 0.0
        told = turns = 0

        def say(kind, text):
            data = stt.SpeechData(language="en", text=text, confidence=1.0)
            self._event_ch.send_nowait(stt.SpeechEvent(type=kind, alternatives=[data]))

        async for frame in self._input_ch:
            if not isinstance(frame, rtc.AudioFrame):
                continue
            ms = 1_000 * frame.samples_per_channel / frame.sample_rate
            samples = frame.data
            loudness = math.sqrt(sum(s * s for s in samples) / max(1, len(samples)))
            if loudness > 300:
                if spoken == 0:
                    self._event_ch.send_nowait(stt.SpeechEvent(type=stt.SpeechEventType.START_OF_SPEECH))
                spoken += ms
                quiet = 0.0
                words = ["I", "spoke"][: math.ceil(spoken / 400)]
                if len(words) > told:
                    told = len(words)
                    say(stt.SpeechEventType.INTERIM_TRANSCRIPT, " ".join(words))
            elif spoken > 0:
                quiet += ms
                if quiet < 300:
                    continue
                turns += 1
                say(stt.SpeechEventType.FINAL_TRANSCRIPT, f"I spoke {turns}")
                self._event_ch.send_nowait(stt.SpeechEvent(type=stt.SpeechEventType.END_OF_SPEECH))
                quiet = spoken = 0.0
                told = 0


class ToneTTS(tts.TTS):
    """A tone for each word."""

    def __init__(self):
        super().__init__(capabilities=tts.TTSCapabilities(streaming=False), sample_rate=RATE, num_channels=1)

    def synthesize(self, text, *, conn_options=DEFAULT_API_CONNECT_OPTIONS):
        return ToneStream(tts=self, input_text=text, conn_options=conn_options)


class ToneStream(tts.ChunkedStream):
    async def _run(self, output_emitter):
        output_emitter.initialize(request_id="r", sample_rate=RATE, num_channels=1, mime_type="audio/pcm")
        samples = len(self.input_text.split()) * MS_PER_WORD * RATE // 1_000
        tone = (round(9_000 * math.sin(2 * math.pi * 440 * at / RATE)) for at in range(samples))
        output_emitter.push(array.array("h", tone).tobytes())
        output_emitter.flush()


class ScriptLLM(llm.LLM):
    def chat(self, *, chat_ctx, tools=None, conn_options=DEFAULT_API_CONNECT_OPTIONS, **_):
        return ScriptStream(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


class ScriptStream(llm.LLMStream):
    async def _run(self):
        last = self._chat_ctx.items[-1]
        if last.type == "function_call_output":
            return self._say("You are in {}.".format(last.output.strip('"')))
        text = (last.text_content or "") if last.type == "message" else ""
        if re.search("where am i", text, re.I):
            call = llm.FunctionToolCall(name="where_am_i", arguments="{}", call_id="call_1")
            delta = llm.ChoiceDelta(role="assistant", tool_calls=[call])
            self._event_ch.send_nowait(llm.ChatChunk(id="r", delta=delta))
        elif re.search("story", text, re.I):
            self._say(STORY)
        else:
            self._say(f"You said: {text}.")

    def _say(self, text):
        for word in re.findall(r"\S+\s*", text):
            delta = llm.ChoiceDelta(role="assistant", content=word)
            self._event_ch.send_nowait(llm.ChatChunk(id="r", delta=delta))


class FirstWords(logging.Handler):
    """Writes down how much of the visitor's first words the framework has decoded, in seconds."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self._file = None
        self._facts = {}

    def emit(self, record):
        if record.getMessage() == "pre-connect audio received":
            self._facts["firstWordsSeconds"] = record.duration
            self._write()

    def write_to(self, file, facts):
        self._file = file
        self._facts.update(facts)
        self._write()

    def _write(self):
        if self._file:
            self._file.write_text(json.dumps(self._facts))


server = AgentServer(
    num_idle_processes=1,
    initialize_process_timeout=60.0,
    load_fnc=lambda: 0.0,
    host="127.0.0.1",
    port=0,
)


@server.rtc_session(agent_name=os.environ["AGENT_NAME"])
async def entry(ctx: JobContext):
    first_words = FirstWords()
    logging.getLogger("livekit.agents").addHandler(first_words)
    logging.getLogger("livekit.agents").setLevel(logging.DEBUG)

    @function_tool
    async def where_am_i(context: RunContext) -> str:
        """Where the visitor is."""
        visitor = await ctx.wait_for_participant()
        answer = await ctx.room.local_participant.perform_rpc(
            destination_identity=visitor.identity,
            method="getUserLocation",
            payload=json.dumps({"highAccuracy": True}),
            response_timeout=5.0,
        )
        return json.loads(answer)

    session = AgentSession(
        stt=LoudnessSTT(),
        llm=ScriptLLM(),
        tts=ToneTTS(),
        turn_handling={"turn_detection": "vad", "interruption": {"mode": "vad"}},
        aec_warmup_duration=None,
        user_away_timeout=None,
    )

    async def on_text(_, event):
        await session.interrupt()
        if re.search("goodbye", event.text, re.I):
            await session.say("Goodbye, and thank you.", allow_interruptions=False)
            ctx.shutdown(reason="goodbye")
        elif re.search("transfer", event.text, re.I):
            ctx.shutdown(reason="transfer")
        else:
            session.generate_reply(user_input=event.text)

    await session.start(
        agent=Agent(instructions="Be brief.", tools=[where_am_i]),
        room=ctx.room,
        room_options=room_io.RoomOptions(text_input=room_io.TextInputOptions(text_input_cb=on_text)),
        record=False,
    )
    # After it, as LiveKit advises: what the visitor said before is only read by a session that waits for it.
    await ctx.connect()
    await ctx.wait_for_participant()
    # For a test that kills it.
    folder = pathlib.Path(os.environ["AGENT_PIDS"])
    folder.mkdir(parents=True, exist_ok=True)
    facts = {"pid": os.getpid(), "metadata": ctx.job.metadata}
    first_words.write_to(folder / f"{ctx.room.name}.json", facts)
    session.say(GREETING)


if __name__ == "__main__":
    cli.run_app(server)
