using System.IO.Pipelines;
using System.Text;
using SpotifyEtl.Local.CommandLine;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>The program called within this process, as from a shell of its own.</summary>
internal sealed class InProcess : IDisposable
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // Nobody may be reading when much is written.
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly StringWriter _errors = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly StreamReader _reader;
    private readonly Task<int> _end;

    public InProcess(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments, TextReader? input = null, IKeyboard? keyboard = null)
    {
        _reader = new StreamReader(_output.Reader.AsStream(), s_utf8);
        var stream = _output.Writer.AsStream(leaveOpen: true);
        var output = TextWriter.Synchronized(new StreamWriter(stream, s_utf8) { AutoFlush = true, NewLine = "\n" });
        var errors = TextWriter.Synchronized(_errors);
        Shell shell = new()
        {
            Out = output,
            Error = errors,
            OpenOut = () => stream,
            In = input ?? TextReader.Null,
            Keyboard = keyboard,
            Folder = folder,
            Environment = environment,
        };
        Interrupts = shell.Interrupts;
        _end = Task.Run(async () =>
        {
            try
            {
                return await SpotifyEtlCommand.InvokeAsync(arguments, shell, cancellationToken: _stop.Token);
            }
            finally
            {
                await _output.Writer.CompleteAsync();
            }
        });
    }

    /// <summary>What Ctrl+C is told to.</summary>
    public Interrupts Interrupts { get; }

    /// <summary>The next line of output; null at the end.</summary>
    public async Task<string?> ReadLineAsync() => await _reader.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Waits for the end.</summary>
    public async Task<Ended> EndAsync()
    {
        var output = await _reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var code = await _end;
        return new Ended(code, output, _errors.ToString());
    }

    /// <summary>Asks it to stop and waits for the end.</summary>
    public async Task<Ended> StopAsync()
    {
        await _stop.CancelAsync();
        return await EndAsync();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _reader.Dispose();
        _errors.Dispose();
    }
}
