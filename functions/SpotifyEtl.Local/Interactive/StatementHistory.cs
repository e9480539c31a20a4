using System.Text.Json;

namespace SpotifyEtl.Local.Interactive;

/// <summary>
/// What was typed, over sessions: the newest thousand statements, each as a JSON string on a line of a file that only its owner may read. Without a file, or
/// with one that cannot be written, it lasts as long as the session.
/// </summary>
internal sealed class StatementHistory
{
    private const int Most = 1000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly List<string> _statements = [];
    private string? _file;

    private StatementHistory(string? file) => _file = file;

    /// <summary>The statements, the oldest first.</summary>
    public IReadOnlyList<string> Statements => _statements;

    /// <summary>The one that is kept in a state folder.</summary>
    public static StatementHistory In(string? folder)
    {
        StatementHistory history = new(folder is null ? null : Path.Combine(folder, "query_history"));
        history.Load();
        return history;
    }

    /// <summary>Adds a statement, unless it is the last again.</summary>
    public void Add(string statement)
    {
        if (_statements.Count > 0 && _statements[^1] == statement)
        {
            return;
        }

        _statements.Add(statement);
        if (_file is not null)
        {
            Write(FileMode.Append, [statement]);
        }
    }

    /// <summary>The newest statement that holds a text, but for so many that are newer; null: there is none.</summary>
    public string? Find(string text, int skipped) => _statements.AsEnumerable().Reverse()
        .Where(statement => statement.Contains(text, StringComparison.OrdinalIgnoreCase)).Skip(skipped).FirstOrDefault();

    private void Load()
    {
        if (_file is null || !File.Exists(_file))
        {
            return;
        }

        try
        {
            var lines = File.ReadAllLines(_file);
            _statements.AddRange(lines.TakeLast(Most).Select(Statement).OfType<string>());
            if (lines.Length > Most)
            {
                Write(FileMode.Create, _statements);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _file = null;
        }
    }

    // A line that was cut off as a process was killed is none.
    private static string? Statement(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Write(FileMode mode, IEnumerable<string> statements)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file!)!);
            FileStreamOptions options = new() { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using StreamWriter writer = new(_file!, options);
            foreach (var statement in statements)
            {
                writer.Write(JsonSerializer.Serialize(statement) + "\n");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _file = null;
        }
    }
}
