/** The values of a body that has a JSON text in each line, as they come. */
export async function* jsonLines(body) {
    let held = "";
    for await (const piece of pieces(body.pipeThrough(new TextDecoderStream()))) {
        const lines = (held + piece).split("\n");
        held = lines.pop();
        for (const line of lines) if (line) yield JSON.parse(line);
    }
    if (held) yield JSON.parse(held);
}

async function* pieces(stream) {
    const reader = stream.getReader();
    try {
        for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
    } finally {
        await reader.cancel();
    }
}
