using System.Diagnostics;
using System.Globalization;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.Formats;
using SpotifyEtl.Local.Interactive.Editing;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Interactive;

/// <summary>Runs one statement after another as they are typed. What fails or is stopped ends the statement and not the shell.</summary>
internal sealed class InteractiveShell
{
    private const string Prompt = "sql> ";
    private const int UsualRows = 24;

    private readonly Shell _shell;
    private readonly IQueries _queries;
    private readonly IStatementReader _reader;
    private readonly StatementHistory _history;
    private readonly ShellState _state;

    /// <param name="shell">The terminal.</param>
    /// <param name="queries">Answers the statements.</param>
    /// <param name="format">How results are shown at first.</param>
    /// <param name="stateFolder">Where the history is kept.</param>
    public InteractiveShell(Shell shell, IQueries queries, QueryFormat format, string stateFolder)
    {
        (_shell, _queries, _state) = (shell, queries, new ShellState(format));
        _history = StatementHistory.In(stateFolder);
        _reader = shell is { Screen: { } screen, Keyboard: { } keyboard }
            ? new LineEditor(
                keyboard,
                new EditorView(
                    shell.Out,
                    () => (screen.Profile.Width, screen.Profile.Height is > 0 and var rows ? rows : UsualRows),
                    text => shell.Paint(text, Shade.Active)),
                shell.Out,
                _history,
                new Completion(CompletionNames.All))
            : new PlainReader(shell.In, shell.Out);
    }

    /// <summary>Runs until whoever types leaves.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _shell.Out.WriteLine("SQL over the lake's tables. A statement ends with ; and help tells more.");
        while (!_state.IsLeft && await Task.Run(() => _reader.Read(Prompt, IsWhole), cancellationToken).WaitAsync(cancellationToken) is { } text)
        {
            if (ShellCommands.Is(text) || Script.Statements(text).Count > 0)
            {
                _history.Add(text.Trim());
                await RunAsync(text, cancellationToken);
            }
        }
    }

    private static bool IsWhole(string text) => string.IsNullOrWhiteSpace(text) || ShellCommands.Is(text) || Script.IsEnded(text);

    private async Task RunAsync(string text, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var taking = _shell.Interrupts.Take(stop.Cancel);
        try
        {
            if (ShellCommands.Is(text))
            {
                if (ShellCommands.Do(text, _state, _shell) is { } statement)
                {
                    await AnswerAsync(statement, stop.Token);
                }

                return;
            }

            foreach (var statement in Script.Statements(text))
            {
                await AnswerAsync(statement.Sql, stop.Token);
            }
        }
        catch (Exception exception) when (exception is EtlException or UsageException)
        {
            foreach (var line in exception.Message.ReplaceLineEndings("\n").Split('\n'))
            {
                _shell.Note(TerminalText.Clean(_shell.Typed(line)), Shade.Bad);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _shell.Note("Stopped: the statement was not answered to its end.", Shade.Caution);
        }
    }

    private async Task AnswerAsync(string sql, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var target = _state.Next ?? QueryTarget.Of(_shell, _state.Format, outFile: null);
        var answer = await _queries.QueryAsync(sql, cancellationToken);
        FirstOfRows rows = new(answer.Rows, _state.Next is null ? _state.MostRows : null);
        _state.Next = null;
        await target.WriteAsync(answer with { Rows = rows.Rows }, cancellationToken);
        if (rows.AreCut)
        {
            _shell.Note("There are more rows. \\rows all shows all of them, \\out FILE writes them to a file.", Shade.Faint);
        }

        if (_state.IsTimed)
        {
            var count = target is { IsFile: false, Format: QueryFormat.Table or QueryFormat.Vertical }
                ? ""
                : $"{rows.Count} {(rows.Count == 1 ? "row" : "rows")}, ";
            _shell.Note(string.Create(CultureInfo.InvariantCulture, $"{count}{Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s"), Shade.Faint);
        }

        if (answer.Cost is { } cost)
        {
            _shell.Note(cost.ToString());
        }
    }
}
