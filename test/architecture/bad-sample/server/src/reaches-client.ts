await import('@sockeye/client');
