namespace Amazon.Athena.Model;

public class AthenaError
{
    public int? ErrorCategory { get; set; }

    public string? ErrorMessage { get; set; }

    public int? ErrorType { get; set; }

    public bool? Retryable { get; set; }
}
